//! What only looks at a text keeps nothing of it: the admin's box to try one, the scan and the preview of the API. And what
//! carries a sentence from one page to the next carries nothing that anybody wrote.

use serde_json::json;
use tact::access::Role;

use super::{TEXT, head_quiet, lenient, quiet, sung, tables};
use crate::actors::World;

#[tokio::test(flavor = "multi_thread")]
async fn a_text_that_is_only_tried_is_kept_nowhere() {
    let world = World::new().await;
    let (mara, ada) = (world.member("mara", Role::Member).await, world.member("ada", Role::Admin).await);
    let topic = mara.start_topic("Canary", "hello").await;
    let before = tables::rows(&world.running.app.site.db).await.len();
    let tried = ada.form("/admin/filter/test", &[("text", TEXT)]).await;
    assert!(tried.status == 200 && tried.location().is_empty(), "{}", tried.text);
    assert!(tried.text.contains("•••• 6467"), "it says what it found: {}", tried.text);
    head_quiet(&tried, "the box");
    quiet(&ada.get("/admin/filter").await, "the page after it");
    quiet(&ada.get("/admin").await, "the overview after it");
    let scanned = mara.api("POST", "/pii/scan", Some(json!({ "text": TEXT }))).await;
    assert_eq!(scanned.json()["findings"].as_array().unwrap().len(), 6);
    quiet(&scanned, "the scan");
    let previewed = mara.api("POST", "/preview", Some(json!({ "body": TEXT }))).await;
    assert_eq!((previewed.status, sung(&previewed.text).len()), (200, 6), "a preview is the author's own text");
    head_quiet(&previewed, "the preview");
    let form = mara.form(&format!("/t/{topic}/reply"), &[("nonce", "p"), ("body", TEXT), ("choice", "preview")]).await;
    assert_eq!(form.status, 200);
    head_quiet(&form, "the form's preview");
    world.settle().await;
    let rows = tables::rows(&world.running.app.site.db).await;
    assert_eq!(rows.len(), before, "not even a count is kept of it");
    assert_eq!(tables::singing(&world.running.app.site.db).await, [""; 0]);
    world.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn cookies_and_redirects_carry_no_text() {
    let world = World::new().await;
    let (mara, kit) = (world.member("mara", Role::Member).await, world.member("kit", Role::Moderator).await);
    lenient(&world).await;
    let topic = mara.start_topic("Canary", "hello").await;
    let body = [("nonce", "w"), ("body", TEXT), ("choice", "ask")];
    let held = mara.form(&format!("/t/{topic}/reply"), &body).await;
    assert_eq!(held.status, 303, "{}", held.text);
    head_quiet(&held, "held");
    let masked = mara
        .form("/new", &[("nonce", "n"), ("board", "1"), ("title", &TEXT[..24]), ("body", TEXT), ("choice", "mask")])
        .await;
    assert_eq!(masked.status, 303, "{}", masked.text);
    head_quiet(&masked, "a new topic with a masked title");
    let item = kit.api("GET", "/review", None).await.json()["items"][0]["id"].as_i64().unwrap();
    let note = format!("See {}", &TEXT[..24]);
    let fields = [("version", "1"), ("decision", "return"), ("reason", "private"), ("note", note.as_str())];
    let returned = kit.form(&format!("/review/{item}/decide"), &fields).await;
    assert_eq!(returned.status, 303, "{}", returned.text);
    head_quiet(&returned, "a decision with a note");
    let again = mara.form(&format!("/my/held/{item}/edit"), &[("nonce", "x"), ("body", TEXT)]).await;
    assert_eq!(again.status, 422);
    head_quiet(&again, "a returned text sent again");
    head_quiet(&mara.form(&format!("/my/held/{item}/withdraw"), &[]).await, "withdrawn");
    world.end().await;
}
