//! The filter explained to people, and the detector for programs. What findings mean on the way to publication is
//! `publish`'s matter, what an admin sets is `admin`'s.

pub mod html;
pub mod json;
mod words;
