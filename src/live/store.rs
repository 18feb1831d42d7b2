//! The epoch: a random name for this database's sequences, made with the database and kept in it.

use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, EntityTrait};

use crate::clock::Clock;
use crate::db::Db;
use crate::entity::setting;
use crate::error::{Error, Result};
use crate::keys::base64url;

const KEY: &str = "epoch";

/// The epoch, made on the first call.
pub async fn epoch(db: &Db, clock: &Clock) -> Result<String> {
    let fresh = base64url(&clock.random::<12>());
    db.write(fresh, |tx, fresh| async move {
        let row = setting::ActiveModel { key: Set(KEY.to_owned()), value: Set(fresh.to_string()) };
        let known = OnConflict::column(setting::Column::Key).do_nothing().to_owned();
        setting::Entity::insert(row).on_conflict(known).exec_without_returning(&*tx).await?;
        let row = setting::Entity::find_by_id(KEY.to_owned()).one(&*tx).await?;
        row.map(|row| row.value).ok_or_else(|| Error::internal("the epoch is missing"))
    })
    .await
}
