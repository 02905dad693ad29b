//! The program: everything is in the library.

use std::process::ExitCode;

/// Pages are made of many small values; the allocator of most systems spends a tenth of a
/// build on them.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    jiangtai::cli::run(std::env::args_os())
}
