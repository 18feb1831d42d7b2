//! Pages of lists by the place of the last row seen, in a form that both databases answer from an index.

use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ExprTrait, Value};

/// Rows that come before one in the order of two columns, as a comparison of rows: `(a, b) < (x, y)`. Spelled out with
/// `OR` it means the same, but then SQLite collects the rows and sorts them.
pub fn before<C: ColumnTrait>(columns: (C, C), row: (impl Into<Value>, impl Into<Value>)) -> Expr {
    let columns = [Expr::col(columns.0.as_column_ref()), Expr::col(columns.1.as_column_ref())];
    Expr::tuple(columns).lt(Expr::tuple([Expr::val(row.0), Expr::val(row.1)]))
}
