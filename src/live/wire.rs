//! The WebSocket under one socket's task: small buffers, all waiting frames in one flush, and a clock on a network that
//! takes nothing.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::Instant;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::protocol::frame::coding::CloseCode;
use tokio_tungstenite::tungstenite::protocol::{CloseFrame, Role, WebSocketConfig};
use tokio_tungstenite::tungstenite::{Error as WsError, Message, Utf8Bytes};

use crate::protocol::{Bye, Close, MAX_FRAME, Outgoing, encode};

/// A network that takes no bytes for so long has lost its reader.
const STALL: Duration = Duration::from_secs(30);
/// How long a goodbye may take.
const GOODBYE: Duration = Duration::from_secs(5);
/// Idle sockets pay for this one (design/stack.md section 5: 4 KiB reads cost 6 KiB a socket in all).
const READ_BUFFER: usize = 4 * 1024;
/// Frames are gathered up to here before they are written.
const WRITE_BUFFER: usize = 16 * 1024;
/// More than this never waits in memory.
const MAX_WRITE_BUFFER: usize = 256 * 1024;

/// What arrived.
#[derive(Debug)]
pub enum Incoming {
    /// A text message.
    Text(Utf8Bytes),
    /// A ping or pong of the WebSocket itself.
    Control,
    /// Something that cannot be a frame: binary, too large, not UTF-8, against the WebSocket protocol.
    Unreadable,
    /// The other side is gone.
    Gone,
}

/// One WebSocket.
pub struct Wire<S> {
    socket: WebSocketStream<Counted<S>>,
    written: Arc<AtomicU64>,
}

impl<S: AsyncRead + AsyncWrite + Unpin> Wire<S> {
    /// Takes over a connection after its upgrade.
    pub async fn new(io: S) -> Self {
        let written = Arc::new(AtomicU64::new(0));
        let config = WebSocketConfig::default()
            .read_buffer_size(READ_BUFFER)
            .write_buffer_size(WRITE_BUFFER)
            .max_write_buffer_size(MAX_WRITE_BUFFER)
            .max_message_size(Some(MAX_FRAME))
            .max_frame_size(Some(MAX_FRAME));
        let counted = Counted { io, written: Arc::clone(&written) };
        Self { socket: WebSocketStream::from_raw_socket(counted, Role::Server, Some(config)).await, written }
    }

    /// Waits for the next message. Nothing is lost when this future is dropped half-way.
    pub async fn next(&mut self) -> Incoming {
        match self.socket.next().await {
            Some(Ok(Message::Text(text))) => Incoming::Text(text),
            Some(Ok(Message::Ping(_) | Message::Pong(_) | Message::Frame(_))) => Incoming::Control,
            Some(Ok(Message::Binary(_)) | Err(WsError::Capacity(_) | WsError::Utf8(_) | WsError::Protocol(_))) => {
                Incoming::Unreadable
            }
            Some(Ok(Message::Close(_))) => {
                // The answer to it was queued while reading.
                drop(tokio::time::timeout(GOODBYE, self.socket.flush()).await);
                Incoming::Gone
            }
            Some(Err(_)) | None => Incoming::Gone,
        }
    }

    /// Sends frames in order with one flush at the end.
    ///
    /// # Errors
    /// `Some` when the network takes nothing, `None` when the other side is gone.
    pub async fn send(&mut self, frames: Vec<Utf8Bytes>) -> Result<(), Option<Close>> {
        if frames.is_empty() {
            return Ok(());
        }
        let (socket, written) = (&mut self.socket, &self.written);
        let work = async {
            for frame in frames {
                socket.feed(Message::Text(frame)).await?;
            }
            socket.flush().await
        };
        tokio::pin!(work);
        let (mut seen, mut since) = (written.load(Ordering::Relaxed), Instant::now());
        loop {
            match tokio::time::timeout(STALL / 10, &mut work).await {
                Ok(done) => return done.map_err(|_| None),
                Err(_) if since.elapsed() >= STALL => return Err(Some(Close::Slow)),
                Err(_) => {}
            }
            let now = written.load(Ordering::Relaxed);
            if now != seen {
                (seen, since) = (now, Instant::now());
            }
        }
    }

    /// Says why, and closes.
    pub async fn close(mut self, close: Close, retry_ms: Option<u64>) {
        let bye = Outgoing::Bye(Bye { code: close.as_str(), reason: close.sentence(), retry_ms });
        let frame =
            CloseFrame { code: CloseCode::from(close.number()), reason: Utf8Bytes::from_static(close.as_str()) };
        let farewell = async {
            self.socket.feed(Message::Text(encode(&bye).into())).await?;
            self.socket.feed(Message::Close(Some(frame))).await?;
            self.socket.flush().await?;
            // The other side answers; waiting for it keeps the last frames from being cut off by a reset.
            while let Some(Ok(_)) = self.socket.next().await {}
            Ok::<_, WsError>(())
        };
        drop(tokio::time::timeout(GOODBYE, farewell).await);
    }
}

/// A connection that counts what the kernel took.
struct Counted<S> {
    io: S,
    written: Arc<AtomicU64>,
}

impl<S> Counted<S> {
    fn count(&self, taken: Poll<io::Result<usize>>) -> Poll<io::Result<usize>> {
        if let Poll::Ready(Ok(bytes)) = &taken {
            self.written.fetch_add(*bytes as u64, Ordering::Relaxed);
        }
        taken
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Counted<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.io).poll_read(context, buffer)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Counted<S> {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let taken = Pin::new(&mut self.io).poll_write(context, bytes);
        self.count(taken)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.io).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.io).poll_shutdown(context)
    }
}
