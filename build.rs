//! Joins the style sheets, compresses every asset, and names the build by what is in it.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR").unwrap_or_default()).join("frontend");
    let out = PathBuf::from(env::var("OUT_DIR").unwrap_or_default());
    let quality = if env::var("PROFILE").is_ok_and(|profile| profile == "release") { 11 } else { 5 };
    let mut assets: Vec<(String, Vec<u8>)> = vec![("css/tact.css".to_owned(), styles(&root)?)];
    for folder in ["js", "static", "vendor"] {
        println!("cargo:rerun-if-changed=frontend/{folder}");
        collect(&root, &root.join(folder), &mut assets)?;
    }
    println!("cargo:rerun-if-changed=frontend/css");
    println!("cargo:rerun-if-changed=frontend/templates");
    assets.sort();
    let mut hasher = blake3::Hasher::new();
    let mut table = String::from("/// Every asset.\npub const ASSETS: &[Asset] = &[\n");
    for (place, (name, bytes)) in assets.iter().enumerate() {
        hasher.update(name.as_bytes()).update(&[0]).update(bytes);
        fs::write(out.join(format!("asset-{place}")), bytes)?;
        let packed = compress(name, bytes, quality)?;
        fs::write(out.join(format!("asset-{place}.br")), &packed)?;
        let include = |end: &str| format!("include_bytes!(concat!(env!(\"OUT_DIR\"), \"/asset-{place}{end}\"))");
        let brotli = if packed.is_empty() { "None".to_owned() } else { format!("Some({})", include(".br")) };
        let tag = blake3::hash(bytes).to_hex();
        let _ = writeln!(
            table,
            "    Asset {{ name: {name:?}, plain: {}, brotli: {brotli}, tag: \"\\\"{}\\\"\" }},",
            include(""),
            &tag[..16]
        );
    }
    let _ = writeln!(
        table,
        "];\n/// Name of this build in asset URLs.\npub const BUILD: &str = \"{}\";",
        &hasher.finalize().to_hex()[..16]
    );
    fs::write(out.join("assets.rs"), table)
}

fn styles(root: &Path) -> io::Result<Vec<u8>> {
    let mut files: Vec<PathBuf> = match fs::read_dir(root.join("css")) {
        Ok(entries) => entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect(),
        Err(_) => Vec::new(),
    };
    files.retain(|file| file.extension().is_some_and(|end| end == "css"));
    files.sort();
    let mut joined = Vec::new();
    for file in files {
        joined.extend(fs::read(file)?);
        joined.push(b'\n');
    }
    Ok(joined)
}

fn collect(root: &Path, folder: &Path, assets: &mut Vec<(String, Vec<u8>)>) -> io::Result<()> {
    let Ok(entries) = fs::read_dir(folder) else { return Ok(()) };
    for entry in entries {
        let path = entry?.path();
        if path.is_dir() {
            collect(root, &path, assets)?;
        } else if let Ok(name) = path.strip_prefix(root) {
            let name = name.to_string_lossy().replace('\\', "/");
            if !name.ends_with(".d.ts") && !name.ends_with(".txt") {
                assets.push((name, fs::read(&path)?));
            }
        }
    }
    Ok(())
}

/// Brotli, unless the format is compressed already.
fn compress(name: &str, bytes: &[u8], quality: i32) -> io::Result<Vec<u8>> {
    if [".woff2", ".png", ".jpg"].iter().any(|end| name.ends_with(end)) {
        return Ok(Vec::new());
    }
    let mut packed = Vec::new();
    let options = brotli::enc::BrotliEncoderParams { quality, ..Default::default() };
    brotli::BrotliCompress(&mut &*bytes, &mut packed, &options)?;
    Ok(packed)
}
