//! Builds the detector's WebAssembly module, or checks that the committed one is what the source gives.
//!
//! Limit: one `rustc` call, without Cargo and without its profiles, so that nothing but the source and the compiler's
//! version decides about the bytes. `frontend/vendor/pii/built-by.txt` records that version.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::Path;
use std::process::Command;

use crate::run;

const SOURCE: &str = "frontend/pii/src/lib.rs";
const MODULE: &str = "frontend/vendor/pii/pii.wasm";
const RECORD: &str = "frontend/vendor/pii/built-by.txt";
const TARGET: &str = "wasm32-unknown-unknown";

/// Flags that decide about the bytes.
const FLAGS: &[&str] = &[
    "--edition=2024",
    "--crate-name=tact_pii",
    "--crate-type=cdylib",
    "--target=wasm32-unknown-unknown",
    "-Copt-level=z",
    "-Clto=fat",
    "-Cpanic=abort",
    "-Cstrip=symbols",
    "-Ccodegen-units=1",
    "-Cdebuginfo=0",
    // Addresses and indices in as few bytes as they need, and functions that are called twice kept apart.
    "-Clink-arg=--compress-relocations",
    "-Cllvm-args=--inline-threshold=5",
    "-Ctarget-cpu=mvp",
    "-Ctarget-feature=+bulk-memory,+mutable-globals,+sign-ext",
];

/// Builds the module and writes it to `frontend/vendor/pii/`; with `check`, writes nothing and fails when the committed
/// file differs.
///
/// # Errors
/// A sentence that says what is missing, what the compiler refused, or what differs.
pub fn build(check: bool) -> Result<(), String> {
    let root = run::root();
    let version = compiler_version(&root)?;
    let committed = root.join(MODULE);
    let record = root.join(RECORD);
    if check {
        let recorded = fs::read_to_string(&record).map_err(|error| format!("{RECORD} cannot be read: {error}"))?;
        if recorded.trim() != version {
            return Err(format!(
                "the committed module was built by {}, this is {version}: run `cargo xtask wasm` and commit the result",
                recorded.trim()
            ));
        }
    }
    let bytes = compile(&root)?;
    if check {
        let known = fs::read(&committed).map_err(|error| format!("{MODULE} cannot be read: {error}"))?;
        return if known == bytes {
            Ok(())
        } else {
            Err(format!("{MODULE} is not what the source gives: run `cargo xtask wasm` and commit the result"))
        };
    }
    write(&committed, &bytes)?;
    write(&record, format!("{version}\n").as_bytes())
}

fn compiler() -> OsString {
    env::var_os("RUSTC").unwrap_or_else(|| "rustc".into())
}

fn compiler_version(root: &Path) -> Result<String, String> {
    let output = Command::new(compiler())
        .current_dir(root)
        .arg("--version")
        .output()
        .map_err(|error| format!("rustc cannot be started: {error}"))?;
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Compiles into a folder of its own and reads the result.
fn compile(root: &Path) -> Result<Vec<u8>, String> {
    let folder = env::temp_dir().join(format!("tact-wasm-{}", std::process::id()));
    fs::create_dir_all(&folder).map_err(|error| format!("no folder for the build: {error}"))?;
    let result = compile_into(root, &folder.join("pii.wasm"));
    // What is left behind costs little; the result counts.
    let _ = fs::remove_dir_all(&folder);
    result
}

fn compile_into(root: &Path, out: &Path) -> Result<Vec<u8>, String> {
    let mut remap = OsString::from("--remap-path-prefix=");
    remap.push(root);
    remap.push("=.");
    let output = Command::new(compiler())
        .current_dir(root)
        .args(FLAGS)
        .arg(remap)
        .arg("-o")
        .arg(out)
        .arg(SOURCE)
        .output()
        .map_err(|error| format!("rustc cannot be started: {error}"))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        return Err(format!("{said}\nIf the target is missing: rustup target add {TARGET}"));
    }
    fs::read(out).map_err(|error| format!("the built module cannot be read: {error}"))
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), String> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|error| format!("{} cannot be made: {error}", folder.display()))?;
    }
    fs::write(path, bytes).map_err(|error| format!("{} cannot be written: {error}", path.display()))
}
