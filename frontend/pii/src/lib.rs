//! The detector of `src/pii` as a WebAssembly module for the browser.
//!
//! Limit: it carries text in and findings out. JavaScript writes UTF-8 into the buffer that [`tact_pii_reserve`] gives,
//! calls [`tact_pii_scan`], and reads what [`tact_pii_output`] points at; `frontend/js/pii.js` is the other half.

#![cfg_attr(target_arch = "wasm32", no_std)]

extern crate alloc;

#[path = "../../../src/pii/mod.rs"]
pub mod pii;

#[cfg(target_arch = "wasm32")]
mod heap;
mod pack;

use alloc::vec::Vec;
use core::cell::RefCell;

/// The two buffers shared with JavaScript.
struct Buffers {
    input: Vec<u8>,
    output: Vec<u8>,
}

/// What one thread alone can reach.
struct Alone<T>(RefCell<T>);

// SAFETY: the module is instantiated once per thread of JavaScript; its memory is not shared.
unsafe impl<T> Sync for Alone<T> {}

static BUFFERS: Alone<Buffers> = Alone(RefCell::new(Buffers { input: Vec::new(), output: Vec::new() }));

/// Makes room for `length` bytes of UTF-8 and answers where they are to be written. Valid until the next call.
#[unsafe(no_mangle)]
pub extern "C" fn tact_pii_reserve(length: usize) -> *mut u8 {
    let Ok(mut buffers) = BUFFERS.0.try_borrow_mut() else { return core::ptr::null_mut() };
    buffers.input.clear();
    buffers.input.resize(length, 0);
    buffers.input.as_mut_ptr()
}

/// Scans the text that was written and answers the length of the packed findings (see [`pack::findings`]), or 0 when
/// the bytes are not UTF-8.
#[unsafe(no_mangle)]
pub extern "C" fn tact_pii_scan() -> usize {
    let Ok(mut guard) = BUFFERS.0.try_borrow_mut() else { return 0 };
    let buffers = &mut *guard;
    buffers.output.clear();
    if let Ok(text) = core::str::from_utf8(&buffers.input) {
        pack::findings(text, &mut buffers.output);
    }
    buffers.input = Vec::new();
    buffers.output.len()
}

/// Writes the names of rules, levels and reasons (see [`pack::names`]) and answers their length.
#[unsafe(no_mangle)]
pub extern "C" fn tact_pii_names() -> usize {
    let Ok(mut buffers) = BUFFERS.0.try_borrow_mut() else { return 0 };
    buffers.output.clear();
    pack::names(&mut buffers.output);
    buffers.output.len()
}

/// Where the output of the last call stands. Valid until the next call.
#[unsafe(no_mangle)]
pub extern "C" fn tact_pii_output() -> *const u8 {
    BUFFERS.0.try_borrow().map_or(core::ptr::null(), |buffers| buffers.output.as_ptr())
}

/// The version of the detector.
#[unsafe(no_mangle)]
pub extern "C" fn tact_pii_version() -> i32 {
    i32::from(pii::DETECTOR_VERSION)
}
