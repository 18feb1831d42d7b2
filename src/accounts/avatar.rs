//! `/avatar/{id}`: a member's tile as a picture of its own. It depends on the number alone, so it asks no database and
//! tells nothing about whether there is such a member.

use axum::extract::Path;
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};

use crate::http::layout::Avatar;
use crate::ids::MemberId;

/// A day: long enough to spare requests, short enough to follow a change of the drawing.
const CACHE: &str = "public, max-age=86400";

/// The tile as SVG.
pub async fn show(Path(id): Path<MemberId>) -> Response {
    let headers = [
        (CONTENT_TYPE, "image/svg+xml"),
        (CACHE_CONTROL, CACHE),
        (CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox"),
    ];
    (headers, Avatar::of(id).svg()).into_response()
}
