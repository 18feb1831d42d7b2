//! `/avatar/{id}`: a member's tile as a picture of its own. It depends on the number alone, so it asks no database and
//! tells nothing about whether there is such a member.

use axum::extract::Path;
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};

use crate::entries::views::Person;
use crate::ids::MemberId;

/// A day: long enough to spare requests, short enough to follow a change of the drawing.
const CACHE: &str = "public, max-age=86400";

/// The tile as SVG, the same that pages draw.
pub async fn show(Path(id): Path<MemberId>) -> Response {
    let (back, front, shape) = Person { id: id.0, ..Person::default() }.tile();
    let svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 8 8\"><rect width=\"8\" height=\"8\" fill=\"{back}\"/>\
         <path d=\"{shape}\" fill=\"{front}\"/></svg>"
    );
    let headers = [
        (CONTENT_TYPE, "image/svg+xml"),
        (CACHE_CONTROL, CACHE),
        (CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox"),
    ];
    (headers, svg).into_response()
}
