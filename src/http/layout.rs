//! What the frame of every page shows, as plain values.

/// Which tab of the top bar is current.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tab {
    /// Boards.
    Boards,
    /// Chat.
    Chat,
    /// Review queue.
    Review,
    /// Administration.
    Admin,
    /// Search.
    Search,
    /// The viewer's own pages.
    You,
    /// None of them.
    #[default]
    None,
}

/// The frame of a page.
#[derive(Debug, Clone, Default)]
pub struct Layout {
    /// Name of the build, for asset URLs.
    pub build: &'static str,
    /// Name of the community.
    pub site: String,
    /// Name of the page.
    pub title: String,
    /// Current tab.
    pub tab: Tab,
    /// Who is signed in.
    pub viewer: Option<ViewerChip>,
    /// Token for forms.
    pub csrf: String,
    /// `light`, `dark`, or empty for the system's.
    pub theme: &'static str,
    /// Sections with the boards the viewer may read.
    pub sections: Vec<SideSection>,
    /// Board the page belongs to.
    pub board: i64,
    /// A sentence from the page before.
    pub flash: Option<String>,
}

/// The signed-in member in the top bar.
#[derive(Debug, Clone, Default)]
pub struct ViewerChip {
    /// Account.
    pub id: i64,
    /// Login name.
    pub name: String,
    /// Name as shown.
    pub display: String,
    /// Whether the review queue is theirs to see.
    pub reviews: bool,
    /// What waits there.
    pub waiting: i64,
    /// Whether they run the server.
    pub admin: bool,
}

/// A section in the sidebar.
#[derive(Debug, Clone, Default)]
pub struct SideSection {
    /// Title.
    pub title: String,
    /// Boards.
    pub boards: Vec<SideBoard>,
}

/// A board in the sidebar.
#[derive(Debug, Clone, Default)]
pub struct SideBoard {
    /// Id.
    pub id: i64,
    /// Name in the URL.
    pub slug: String,
    /// Title.
    pub title: String,
    /// Hue 1-8.
    pub colour: i16,
    /// Topics with something unread.
    pub unread: i64,
}

impl Layout {
    /// Whether a tab is current.
    pub fn is(&self, tab: Tab) -> bool {
        self.tab == tab
    }

    /// Topics with something unread on all boards.
    pub fn unread(&self) -> i64 {
        self.sections.iter().flat_map(|section| &section.boards).map(|board| board.unread).sum()
    }
}
