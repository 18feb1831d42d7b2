//! The API's part about review: the queue, an item, a decision, a report.

mod shapes;

use axum::extract::{FromRef, Path, Query, State};
use axum::http::StatusCode;
use axum::{Extension, Json};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use self::shapes::{CaseDetail, DecisionWish, FlagWish, ItemPage, Part, Settled};
use super::{Cursor, Filter, PAGE, Report, Verdict};
use crate::access::Viewer;
use crate::error::{Error, Result};
use crate::http::ClientAddress;
use crate::ids::{EntryId, ReviewId};
use crate::site::Site;

/// The handlers with their description.
pub fn api<S>() -> OpenApiRouter<S>
where
    S: Clone + Send + Sync + 'static,
    Site: FromRef<S>,
{
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(show)).routes(routes!(decide)).routes(routes!(flag))
}

/// What waits for you as a moderator.
#[utoipa::path(get, path = "/api/v1/review", tag = "review", params(Part),
    responses((status = OK, body = ItemPage), (status = NOT_FOUND, description = "You moderate nothing")))]
async fn list(State(site): State<Site>, viewer: Viewer, Query(part): Query<Part>) -> Result<Json<ItemPage>> {
    let after = part.after.as_deref().map(str::parse::<Cursor>).transpose()?;
    let limit = part.limit.unwrap_or(PAGE).clamp(1, PAGE);
    let rows = super::queue(&site, &viewer, Filter::parse(&part.show), after, limit).await?;
    Ok(Json(ItemPage::new(rows, super::counts(&site, &viewer).await?, limit)))
}

/// One item, with what was found in it (masked) and who reported it.
#[utoipa::path(get, path = "/api/v1/review/{id}", tag = "review", params(("id" = i64, Path, description = "Review item")),
    responses((status = OK, body = CaseDetail), (status = NOT_FOUND, description = "No such item, or not yours to decide")))]
async fn show(State(site): State<Site>, viewer: Viewer, Path(id): Path<ReviewId>) -> Result<Json<CaseDetail>> {
    Ok(Json(super::case(&site, &viewer, id, Filter::All).await?.into()))
}

/// Decide about an item. The version is the one you saw; a stale one is answered with 409 and what happened.
#[utoipa::path(post, path = "/api/v1/review/{id}/decision", tag = "review", params(("id" = i64, Path, description = "Review item")), request_body = DecisionWish,
    responses((status = OK, body = Settled), (status = CONFLICT, description = "Decided or reported meanwhile"),
        (status = FORBIDDEN, description = "Your own text, or a decision that does not fit"), (status = NOT_FOUND)))]
async fn decide(
    State(site): State<Site>,
    viewer: Viewer,
    Path(id): Path<ReviewId>,
    Json(wish): Json<DecisionWish>,
) -> Result<Json<Settled>> {
    let verdict = Verdict { version: wish.version, decision: wish.decision, reason: wish.reason, note: wish.note };
    let state = super::decide(&site, &viewer, id, verdict).await?;
    Ok(Json(Settled { id, state }))
}

/// Report an entry to its moderators.
#[utoipa::path(post, path = "/api/v1/entries/{id}/flags", tag = "review", params(("id" = i64, Path, description = "Entry")), request_body = FlagWish,
    responses((status = NO_CONTENT), (status = CONFLICT, description = "You have reported it already"), (status = NOT_FOUND)))]
async fn flag(
    State(site): State<Site>,
    viewer: Viewer,
    from: Option<Extension<ClientAddress>>,
    Path(id): Path<EntryId>,
    Json(wish): Json<FlagWish>,
) -> Result<StatusCode> {
    if viewer.id().is_none() {
        return Err(Error::SignInNeeded);
    }
    let report = Report { reason: wish.reason, note: wish.note, address: from.map(|Extension(address)| address.0) };
    super::flag(&site, &viewer, id, report).await?;
    Ok(StatusCode::NO_CONTENT)
}
