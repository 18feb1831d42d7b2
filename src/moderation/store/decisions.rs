//! What a decision writes into an item of the queue and its findings. Whether it may be taken is asked before.

use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, ExprTrait, QueryFilter};

use crate::clock::Moment;
use crate::db::Tx;
use crate::entity::finding::{self, FindingOutcome};
use crate::entity::review_item::{self, Decision, ReviewState};
use crate::error::Result;
use crate::ids::{EntryId, MemberId, ReviewId, TopicId};

use review_item::Column as C;

/// A decision about one version of an item.
pub struct Taking<'a> {
    /// The item.
    pub item: ReviewId,
    /// Version of it that was on the screen.
    pub version: i64,
    /// State it goes to.
    pub state: ReviewState,
    /// What was decided; `None` when its author settled it.
    pub decision: Option<Decision>,
    /// Key of a reason.
    pub reason: Option<&'a str>,
    /// Words to the author; may be empty.
    pub note: &'a str,
    /// Who decided; nobody when time did.
    pub by: Option<MemberId>,
    /// When.
    pub at: Moment,
}

/// Writes a decision if the item still is open in that version, and returns whether it was. What was held goes with
/// it, unless its author gets it back.
pub async fn take(tx: &Tx, taking: &Taking<'_>) -> Result<bool> {
    let mut update = review_item::Entity::update_many()
        .col_expr(C::State, Expr::value(taking.state))
        .col_expr(C::Version, Expr::col(C::Version).add(1))
        .col_expr(C::DecidedAt, Expr::value(taking.at))
        .col_expr(C::DecidedBy, Expr::value(taking.by))
        .col_expr(C::Decision, Expr::value(taking.decision))
        .col_expr(C::Reason, Expr::value(taking.reason))
        .col_expr(C::Note, Expr::value(Some(taking.note).filter(|note| !note.is_empty())));
    if taking.state != ReviewState::Returned {
        update = update.col_expr(C::Submission, Expr::value(None::<Vec<u8>>));
    }
    let taken = update
        .filter(C::Id.eq(taking.item))
        .filter(C::Version.eq(taking.version))
        .filter(C::State.eq(ReviewState::Open))
        .exec(&**tx)
        .await?;
    Ok(taken.rows_affected > 0)
}

/// Notes where a released text stands now.
pub async fn place(tx: &Tx, item: ReviewId, entry: Option<EntryId>, topic: Option<TopicId>) -> Result<()> {
    review_item::Entity::update_many()
        .col_expr(C::EntryId, Expr::value(entry))
        .col_expr(C::TopicId, Expr::value(topic))
        .filter(C::Id.eq(item))
        .exec(&**tx)
        .await?;
    Ok(())
}

/// Sets the outcome of an item's open findings.
pub async fn outcomes(tx: &Tx, item: ReviewId, outcome: FindingOutcome) -> Result<()> {
    finding::Entity::update_many()
        .col_expr(finding::Column::Outcome, Expr::value(outcome))
        .filter(finding::Column::ReviewId.eq(item))
        .filter(finding::Column::Outcome.eq(FindingOutcome::Open))
        .exec(&**tx)
        .await?;
    Ok(())
}

/// An author's own item that they take back or throw away.
pub struct Withdrawal {
    /// The item.
    pub item: ReviewId,
    /// State it was seen in.
    pub from: ReviewState,
    /// State it goes to.
    pub to: ReviewState,
    /// What still is shown of it, sealed.
    pub shown: Vec<u8>,
    /// The author.
    pub by: MemberId,
    /// When.
    pub at: Moment,
}

/// Erases the text of an item that is as it was seen, and returns whether it was.
pub async fn withdraw(tx: &Tx, withdrawal: &Withdrawal) -> Result<bool> {
    let mut update = review_item::Entity::update_many()
        .col_expr(C::State, Expr::value(withdrawal.to))
        .col_expr(C::Version, Expr::col(C::Version).add(1))
        .col_expr(C::Submission, Expr::value(None::<Vec<u8>>))
        .col_expr(C::Shown, Expr::value(withdrawal.shown.clone()));
    if withdrawal.to == ReviewState::Withdrawn {
        update = update
            .col_expr(C::DecidedAt, Expr::value(withdrawal.at))
            .col_expr(C::DecidedBy, Expr::value(withdrawal.by));
    }
    let taken = update.filter(C::Id.eq(withdrawal.item)).filter(C::State.eq(withdrawal.from)).exec(&**tx).await?;
    Ok(taken.rows_affected > 0)
}
