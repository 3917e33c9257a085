//! The program: starts the command line.

use std::process::ExitCode;

/// Training makes and drops many tensors of the same sizes, which mimalloc serves faster than the system.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    densescope::cli::main()
}
