//! Administration on a real database: who may, what is refused, and what follows.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use std::collections::BTreeMap;

use tempfile::TempDir;

use super::*;
use crate::access::{Credential, Role, store as standing};
use crate::entity::board::{Readers, Writers};
use crate::entity::pii_policy::PolicyAction;
use crate::entity::room::RoomAccess;
use crate::ids::SectionId;
use crate::moderation::{Chain, log_rows, verify};
use crate::pii::Rule;
use crate::publish;
use crate::site::Site;
use crate::testing;

async fn world() -> (Site, TempDir, Viewer, SectionId) {
    let (site, folder) = testing::site().await;
    let ada = testing::member(&site, "ada", Role::Admin).await;
    let section = save_section(&site, &ada, None, "Workshop").await.unwrap();
    (site, folder, ada, section)
}

fn draft(section: SectionId) -> BoardDraft {
    BoardDraft {
        section,
        title: "Mechanical bench".into(),
        slug: String::new(),
        description: "Lathes, mills and files.".into(),
        colour: 3,
        readers: Readers::Public,
        writers: Writers::Members,
        archived: false,
        position: None,
        policy: BTreeMap::new(),
        moderators: String::new(),
    }
}

fn fields(error: &Error) -> Vec<&str> {
    let Error::Invalid(fields) = error else { panic!("{error:?}") };
    fields.iter().map(|field| field.field.as_ref()).collect()
}

#[tokio::test]
async fn a_board_is_made_changed_and_archived() {
    let (site, _folder, ada, section) = world().await;
    let id = save_board(&site, &ada, None, draft(section)).await.unwrap();
    let (made, _, _) = board(&site, &ada, Some(id)).await.unwrap();
    let made = made.unwrap();
    assert_eq!((made.slug.as_str(), made.position), ("mechanical-bench", 1));
    let taken = save_board(&site, &ada, None, draft(section)).await.unwrap_err();
    assert_eq!(fields(&taken), ["slug"]);
    let changed = BoardDraft { slug: "bench".into(), archived: true, readers: Readers::Members, ..draft(section) };
    save_board(&site, &ada, Some(id), changed).await.unwrap();
    let listed = sections(&site, &ada).await.unwrap();
    let (board, topics) = &listed[0].boards[0];
    assert_eq!(
        (board.slug.as_str(), board.archived, board.readers, board.position, *topics),
        ("bench", true, Readers::Members, 1, 0)
    );
}

#[tokio::test]
async fn what_everybody_reads_holds_nothing_private() {
    let (site, _folder, ada, section) = world().await;
    let private = "Ask sam.turner@fenmail.com";
    let title =
        save_board(&site, &ada, None, BoardDraft { title: private.into(), ..draft(section) }).await.unwrap_err();
    assert_eq!(fields(&title), ["title"]);
    assert!(!title.message().contains("sam.turner"));
    let description =
        save_board(&site, &ada, None, BoardDraft { description: private.into(), ..draft(section) }).await.unwrap_err();
    assert_eq!(fields(&description), ["description"]);
    assert_eq!(fields(&save_section(&site, &ada, None, private).await.unwrap_err()), ["title"]);
}

#[tokio::test]
async fn wrong_fields_are_named() {
    let (site, _folder, ada, section) = world().await;
    for (wrong, name) in [
        (BoardDraft { slug: "Two Words".into(), ..draft(section) }, "slug"),
        (BoardDraft { colour: 9, ..draft(section) }, "colour"),
        (BoardDraft { section: SectionId(99), ..draft(section) }, "section"),
        (BoardDraft { title: " ".into(), ..draft(section) }, "title"),
        (BoardDraft { moderators: "nobody".into(), ..draft(section) }, "moderators"),
    ] {
        assert_eq!(fields(&save_board(&site, &ada, None, wrong).await.unwrap_err()), [name]);
    }
}

fn setting(action: PolicyAction) -> publish::Setting {
    publish::Setting { action, ..publish::Setting::default_of(Rule::Email, publish::Class::Public) }
}

#[tokio::test]
async fn a_place_has_its_own_policy_or_the_common_one() {
    let (site, _folder, ada, section) = world().await;
    let policy = BTreeMap::from([(Rule::Email, Some(setting(PolicyAction::Refuse))), (Rule::Card, None)]);
    let id = save_board(&site, &ada, None, BoardDraft { policy, ..draft(section) }).await.unwrap();
    let (made, settings, _) = board(&site, &ada, Some(id)).await.unwrap();
    let own: Vec<_> = settings.iter().map(|setting| (setting.rule, setting.own)).collect();
    let email = |rule| (rule == Rule::Email).then_some(setting(PolicyAction::Refuse));
    assert_eq!(own, Rule::ALL.iter().map(|rule| (*rule, email(*rule))).collect::<Vec<_>>());
    let place = publish::board_place(&made.unwrap());
    assert_eq!(publish::settings_of(site.db.reads(), place).await.unwrap()[&Rule::Email].action, PolicyAction::Refuse);
    let policy = BTreeMap::from([(Rule::Email, None)]);
    save_board(&site, &ada, Some(id), BoardDraft { policy, ..draft(section) }).await.unwrap();
    assert_eq!(publish::settings_of(site.db.reads(), place).await.unwrap()[&Rule::Email].action, PolicyAction::Warn);
}

#[tokio::test]
async fn moderators_of_a_place_are_set_by_name_and_noted() {
    let (site, _folder, ada, section) = world().await;
    let noor = testing::member(&site, "noor", Role::Member).await;
    let id =
        save_board(&site, &ada, None, BoardDraft { moderators: "@noor, ".into(), ..draft(section) }).await.unwrap();
    let now = standing::load(site.db.reads(), noor.id().unwrap(), Credential::Console).await.unwrap().unwrap();
    assert_eq!(now.boards, [id]);
    assert_eq!(board(&site, &ada, Some(id)).await.unwrap().2, ["noor"]);
    save_board(&site, &ada, Some(id), draft(section)).await.unwrap();
    let now = standing::load(site.db.reads(), noor.id().unwrap(), Credential::Console).await.unwrap().unwrap();
    assert!(now.boards.is_empty());
    let rows = log_rows(site.db.reads(), &ada, None, 50).await.unwrap();
    assert_eq!(rows.iter().map(|row| row.action.as_str()).collect::<Vec<_>>(), ["place_taken", "place_granted"]);
    assert_eq!(verify(&site).await.unwrap(), Chain::Whole(2));
}

#[tokio::test]
async fn roles_are_given_by_admins_and_never_to_oneself() {
    let (site, _folder, ada, _) = world().await;
    let kit = testing::member(&site, "kit", Role::Member).await;
    let id = kit.id().unwrap();
    assert_eq!(set_role(&site, &kit, ada.id().unwrap(), Role::Member).await.unwrap_err().code(), "forbidden");
    assert_eq!(set_role(&site, &ada, ada.id().unwrap(), Role::Member).await.unwrap_err().code(), "own");
    set_role(&site, &ada, id, Role::Admin).await.unwrap();
    let kit = Viewer::Member(standing::load(site.db.reads(), id, Credential::Console).await.unwrap().unwrap());
    assert!(kit.is_admin());
    // Two admins demote each other: the second finds that they are none any more.
    set_role(&site, &kit, ada.id().unwrap(), Role::Member).await.unwrap();
    assert_eq!(set_role(&site, &ada, id, Role::Member).await.unwrap_err().code(), "forbidden");
    let rows = members(&site, &kit, &List::Newest(None)).await.unwrap();
    assert_eq!(rows.iter().filter(|row| row.role == Role::Admin).count(), 1);
}

#[tokio::test]
async fn members_are_listed_page_by_page_and_by_name() {
    let (site, _folder, ada, _) = world().await;
    for name in ["bea", "beatrix", "carl"] {
        testing::member(&site, name, Role::Member).await;
    }
    let names = |rows: Vec<crate::entity::member::Model>| rows.into_iter().map(|row| row.name).collect::<Vec<_>>();
    assert_eq!(names(members(&site, &ada, &List::Newest(None)).await.unwrap()), ["carl", "beatrix", "bea", "ada"]);
    assert_eq!(names(members(&site, &ada, &List::Newest(Some(MemberId(3)))).await.unwrap()), ["bea", "ada"]);
    assert_eq!(names(members(&site, &ada, &List::Named("be".into(), None)).await.unwrap()), ["bea", "beatrix"]);
    assert_eq!(names(members(&site, &ada, &List::Named("be".into(), Some("bea".into()))).await.unwrap()), ["beatrix"]);
}

#[tokio::test]
async fn a_room_is_changed_and_direct_ones_are_out_of_reach() {
    let (site, _folder, ada, _) = world().await;
    let bea = testing::member(&site, "bea", Role::Member).await;
    let tea = testing::room(&site, "tea", RoomAccess::Open, &[&bea]).await;
    let two = testing::room(&site, "two", RoomAccess::Direct, &[&bea]).await;
    let draft = RoomDraft {
        title: "Tea room".into(),
        closed: true,
        archived: false,
        slow_s: 30,
        policy: BTreeMap::from([(Rule::Email, Some(setting(PolicyAction::Hold)))]),
        moderators: "bea".into(),
    };
    save_room(&site, &ada, tea, draft.clone()).await.unwrap();
    let (now, settings, moderators) = room(&site, &ada, tea).await.unwrap();
    assert_eq!(
        (now.title.as_str(), now.access, now.slow_s, now.slug.as_str()),
        ("Tea room", RoomAccess::Closed, 30, "tea")
    );
    assert_eq!((settings[0].own, moderators), (Some(setting(PolicyAction::Hold)), vec!["bea".to_owned()]));
    assert_eq!(
        fields(&save_room(&site, &ada, tea, RoomDraft { slow_s: 9999, ..draft.clone() }).await.unwrap_err()),
        ["slow_s"]
    );
    assert!(matches!(save_room(&site, &ada, two, draft).await, Err(Error::NotFound)));
    assert_eq!(rooms(&site, &ada).await.unwrap().len(), 1);
}

#[tokio::test]
async fn everything_is_for_admins() {
    let (site, _folder, ada, section) = world().await;
    let kit = testing::member(&site, "kit", Role::Moderator).await;
    let id = save_board(&site, &ada, None, draft(section)).await.unwrap();
    for (viewer, code) in [(&kit, "forbidden"), (&Viewer::Guest, "unauthenticated")] {
        assert_eq!(overview(&site, viewer).await.unwrap_err().code(), code);
        assert_eq!(sections(&site, viewer).await.unwrap_err().code(), code);
        assert_eq!(save_board(&site, viewer, Some(id), draft(section)).await.unwrap_err().code(), code);
        assert_eq!(save_section(&site, viewer, Some(section), "Other").await.unwrap_err().code(), code);
        assert_eq!(rooms(&site, viewer).await.unwrap_err().code(), code);
        assert_eq!(members(&site, viewer, &List::Newest(None)).await.unwrap_err().code(), code);
    }
}

#[tokio::test]
async fn the_overview_tells_what_is_wrong() {
    use sea_orm::ConnectionTrait;
    let (site, _folder, ada, _) = world().await;
    let kit = testing::member(&site, "kit", Role::Member).await;
    set_role(&site, &ada, kit.id().unwrap(), Role::Moderator).await.unwrap();
    let state = overview(&site, &ada).await.unwrap();
    assert_eq!((state.members, state.log, state.troubles()), (2, Chain::Whole(1), Vec::<String>::new()));
    let tampering = "UPDATE mod_log SET actor_id = 99";
    site.db
        .write((), move |tx, _| async move { tx.execute_unprepared(tampering).await.map(drop).map_err(Into::into) })
        .await
        .unwrap();
    assert_eq!(overview(&site, &ada).await.unwrap().troubles().len(), 1);
}

#[tokio::test]
async fn the_pages_take_forms_and_give_them_back() {
    use axum::body::Body;
    use axum::http::{Request, StatusCode, header};
    use http_body_util::BodyExt;
    use tower::ServiceExt;
    let (site, _folder, ada, section) = world().await;
    let kit = testing::member(&site, "kit", Role::Member).await;
    let tea = testing::room(&site, "tea", RoomAccess::Open, &[]).await;
    let send = async |viewer: &Viewer, url: &str, form: Option<&str>| {
        let request = form.map_or_else(
            || Request::get(url),
            |_| Request::post(url).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded"),
        );
        let mut request = request.body(Body::from(form.unwrap_or_default().to_owned())).unwrap();
        request.extensions_mut().insert(viewer.clone());
        let response = html::routes::<Site>().with_state(site.clone()).oneshot(request).await.unwrap();
        let status = response.status();
        (status, String::from_utf8(response.into_body().collect().await.unwrap().to_bytes().to_vec()).unwrap())
    };
    let form = format!(
        "title=Bench&slug=&description=&section={section}&colour=2&readers=staff&writers=members&policy_email=hold&policy_card=&moderators=kit"
    );
    assert_eq!(send(&ada, "/admin/boards", Some(&form)).await.0, StatusCode::SEE_OTHER);
    let (status, page) =
        send(&ada, "/admin/boards", Some(&form.replace("title=Bench", "title=Bench+a%40fenmail.com"))).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("something private") && page.contains("value=\"kit\""));
    let id = sections(&site, &ada).await.unwrap()[0].boards[0].0.id;
    let room = "title=Tea&access=closed&slow_s=10&policy_email=mask";
    assert_eq!(send(&ada, &format!("/admin/rooms/{tea}"), Some(room)).await.0, StatusCode::SEE_OTHER);
    assert_eq!(
        send(&ada, &format!("/admin/rooms/{tea}"), Some("title=Tea&slow_s=often")).await.0,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    let role = format!("/admin/members/{}/role", kit.id().unwrap());
    assert_eq!(send(&ada, &role, Some("role=moderator")).await.0, StatusCode::SEE_OTHER);
    for url in [
        "/admin",
        "/admin/boards",
        "/admin/boards/new",
        &format!("/admin/boards/{id}"),
        "/admin/rooms",
        &format!("/admin/rooms/{tea}"),
        "/admin/members",
        "/admin/members?name=k",
    ] {
        let (status, page) = send(&ada, url, None).await;
        assert_eq!(status, StatusCode::OK, "{url}");
        assert!(page.contains("</html>"), "{url}");
        assert_eq!(send(&kit, url, None).await.0, StatusCode::FORBIDDEN, "{url}");
    }
}
