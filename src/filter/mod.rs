//! The detector for programs: a text is looked through and forgotten. What findings mean on the way to publication is
//! `publish`'s matter, what an admin sets is `admin`'s.

pub mod json;
