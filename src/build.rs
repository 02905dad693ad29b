//! Tells cargo that the binary carries the default theme and the sample library, so
//! that it is built anew when one of their files changes.

fn main() {
    println!("cargo::rerun-if-changed=themes/default");
    println!("cargo::rerun-if-changed=content");
}
