//! Memory and the end of the module where there is no standard library.
//! Limit: one thread, blocks of powers of two. The standard library's allocator is made for programs that run for long;
//! it and the texts of panics were an eighth of what browsers load (`docs/decisions/0010-one-small-heap.md`).

use core::alloc::{GlobalAlloc, Layout};
use core::arch::wasm32;
use core::ptr;
use core::sync::atomic::{AtomicPtr, AtomicUsize, Ordering::Relaxed};

const PAGE: usize = 64 * 1024;
/// The smallest block is 16 bytes (2^4), which also aligns all others.
const LEAST: u32 = 4;
const SIZES: usize = 28;

/// Free blocks by size, each the head of a chain that runs through the blocks themselves, and the fresh memory.
struct Heap {
    free: [AtomicPtr<u8>; SIZES],
    fresh: AtomicUsize,
    end: AtomicUsize,
}

#[global_allocator]
static HEAP: Heap = Heap {
    free: [const { AtomicPtr::new(ptr::null_mut()) }; SIZES],
    fresh: AtomicUsize::new(0),
    end: AtomicUsize::new(0),
};

/// The power of two that holds `layout`, counted from [`LEAST`].
fn class(layout: Layout) -> usize {
    let size = layout.size().max(layout.align()).max(1 << LEAST);
    ((size - 1).ilog2() + 1 - LEAST) as usize
}

impl Heap {
    /// A block that was never in use.
    fn cut(&self, class: usize) -> *mut u8 {
        let size = 1_usize << (class + LEAST as usize);
        let mut at = self.fresh.load(Relaxed);
        if self.end.load(Relaxed) - at < size {
            let pages = size.div_ceil(PAGE);
            let before = wasm32::memory_grow::<0>(pages);
            if before == usize::MAX {
                return ptr::null_mut();
            }
            let grown = before * PAGE;
            if self.end.load(Relaxed) != grown {
                at = grown;
            }
            self.end.store(grown + pages * PAGE, Relaxed);
        }
        self.fresh.store(at + size, Relaxed);
        ptr::with_exposed_provenance_mut(at)
    }
}

// SAFETY: blocks come from memory that `memory_grow` gave to nobody else; a block is cut once, is as large as its class
// says and aligned to 16 (what asks for more gets none), and is handed out again only after it was given back. There is
// one thread, so nobody looks on between a load and its store.
#[allow(clippy::cast_ptr_alignment, reason = "blocks are aligned to 16")]
unsafe impl GlobalAlloc for Heap {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let class = class(layout);
        let Some(head) = self.free.get(class).filter(|_| layout.align() <= 1 << LEAST) else { return ptr::null_mut() };
        let block = head.load(Relaxed);
        if block.is_null() {
            return self.cut(class);
        }
        // SAFETY: a free block holds the address of the next one of its size.
        head.store(unsafe { block.cast::<*mut u8>().read() }, Relaxed);
        block
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        if let Some(head) = self.free.get(class(layout)) {
            // SAFETY: the block is free, at least 16 bytes large and aligned to them.
            unsafe { block.cast::<*mut u8>().write(head.load(Relaxed)) };
            head.store(block, Relaxed);
        }
    }
}

#[panic_handler]
fn end(_: &core::panic::PanicInfo<'_>) -> ! {
    wasm32::unreachable()
}
