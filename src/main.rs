//! The program: everything is in the library.

use std::process::ExitCode;

/// Pages are made of many small values; the allocator of most systems spends a tenth of a
/// build on them. Elsewhere it would call for a C compiler.
#[cfg(any(target_os = "macos", all(target_os = "linux", target_env = "gnu")))]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    jiangtai::cli::run(std::env::args_os())
}
