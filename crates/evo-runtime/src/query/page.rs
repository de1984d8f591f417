//! Responses that are pages of a list.

use crate::dto::QueryResponse;

/// A response that is one page of a list. [`paged!`](crate::paged!) implements it in one line.
pub trait Page: 'static {
    /// An item of the list.
    type Item;

    /// Returns the number of items on this page.
    fn count(&self) -> usize;

    /// Returns the number of items on all pages; `None` or 0 if the response does not state it.
    fn total(&self) -> Option<u64> {
        None
    }

    /// Whether another page follows, if the response states it. The total takes precedence.
    fn has_more(&self) -> Option<bool> {
        None
    }

    /// Returns the items.
    fn into_items(self) -> Vec<Self::Item>;
}

/// Makes a response DTO a page of a list: specifies the member that contains the items and, if they exist, the members with the number of
/// all items and with whether more pages follow.
///
/// ```
/// use evo_runtime::query::Page;
/// use evo_runtime::{paged, record};
///
/// #[derive(Debug, Clone, PartialEq, Default)]
/// struct ListResponse<T> {
///     items: Vec<T>,
///     total_count: i32,
///     has_more_pages: bool,
/// }
/// record!(ListResponse<T> { items: "Items", total_count: "TotalCount", has_more_pages: "HasMorePages" });
/// paged!(ListResponse<T> of T { items: items, total: total_count, more: has_more_pages });
///
/// let page = ListResponse { items: vec![1, 2], total_count: 5, has_more_pages: true };
/// assert_eq!((page.count(), page.total(), page.has_more()), (2, Some(5), Some(true)));
/// ```
#[macro_export]
macro_rules! paged {
    ($page:ident $(<$($param:ident),+>)? of $item:ty {
        items: $items:ident $(, total: $total:ident)? $(, more: $more:ident)? $(,)?
    }) => {
        impl $(<$($param: 'static),+>)? $crate::query::Page for $page $(<$($param),+>)? {
            type Item = $item;

            fn count(&self) -> ::core::primitive::usize {
                self.$items.len()
            }

            $(fn total(&self) -> ::core::option::Option<::core::primitive::u64> {
                ::core::convert::TryFrom::try_from(self.$total).ok()
            })?

            $(fn has_more(&self) -> ::core::option::Option<::core::primitive::bool> {
                ::core::option::Option::Some(self.$more)
            })?

            fn into_items(self) -> ::std::vec::Vec<$item> {
                self.$items
            }
        }
    };
}

paged!(QueryResponse<T> of T { items: results, total: total });
