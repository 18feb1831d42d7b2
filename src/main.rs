//! The program `tact`: see `tact --help`.

use std::process::ExitCode;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime.block_on(tact::cli::run()),
        Err(error) => {
            eprintln!("The runtime could not start: {error}.");
            ExitCode::FAILURE
        }
    }
}
