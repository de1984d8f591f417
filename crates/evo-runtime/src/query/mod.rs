//! Lists: page by page, and with `AutoQuery` conditions.
//!
//! <https://docs.servicestack.net/autoquery/>

mod conventions;
mod crud;
mod page;
mod pages;
mod plan;
mod value;

use self::conventions::Fields;
pub use self::page::Page;
pub use self::pages::{Items, Pages};
use self::plan::Plan;
use crate::client::{CallOptions, Client, call_settings};
use crate::error::Error;
use crate::operations::{Operation, OperationSpec};
use crate::request::PreparedRequest;
use crate::wire::{Encode, Record, Shape};

/// An `AutoQuery` operation with conditions that its DTO does not declare, an order, and aggregates. Created by [`Client::query`].
///
/// The name of a condition is a field of the rows combined with a word for the comparison: `AgeGreaterThan`, `NameStartsWith`, `IdIn`,
/// `BornBetween`. All conditions must hold. If the operation declares the type of its rows, names are checked, because a server ignores an
/// unknown name and returns every row. Errors are reported when the query is sent.
///
/// See [`guide::autoquery`](crate::guide::autoquery).
#[derive(Debug)]
#[must_use = "a query is made by sending it"]
pub struct Query<T> {
    options: CallOptions,
    operation: T,
    plan: Plan,
}

impl Client {
    /// Creates a query from an `AutoQuery` operation, to add conditions, an order and aggregates.
    pub fn query<T: Operation>(&self, operation: T) -> Query<T> {
        Query { options: CallOptions::new(self.clone()), operation, plan: Plan::new(T::SPEC.name, T::rows()) }
    }

    /// Prepares the request of an `AutoQuery` operation with conditions, for operations that are known only at run time;
    /// [`query`](Self::query) is for operations that are types. The names of conditions are checked against the rows, unless there are
    /// none.
    ///
    /// # Errors
    ///
    /// Fails as [`Query::prepare`] does.
    pub fn prepare_query(
        &self,
        spec: &OperationSpec,
        operation: &mut dyn Record,
        rows: Vec<&'static Shape>,
        conditions: &[(String, String)],
    ) -> Result<PreparedRequest, Error> {
        let mut plan = Plan::new(spec.name, rows);
        for (name, value) in conditions {
            plan.filter(operation, name, value);
        }
        plan.prepare(&CallOptions::new(self.clone()), spec, operation)
    }
}

impl<T: Operation> Query<T> {
    /// Does not check the names that follow: for fields of joined tables, which are named `Name` or `ArtistName`, and for the host's own
    /// conventions.
    pub fn unchecked(mut self) -> Self {
        self.plan.fields = Fields::default();
        self
    }

    /// Checks the names that follow against the members of these types, for operations that do not declare the type of their rows.
    pub fn checked_by(mut self, rows: impl IntoIterator<Item = &'static Shape>) -> Self {
        self.plan.fields = Fields(rows.into_iter().collect());
        self
    }

    /// Adds a condition: a field with a word before or after it. A list matches any of its items, or with `Between` contains the first and
    /// the last value. `None` adds no condition. If the name is that of a member of the operation, that member is set instead.
    #[expect(clippy::needless_pass_by_value, reason = "values are mostly made for the call")]
    pub fn filter(mut self, name: impl AsRef<str>, value: impl Encode) -> Self {
        self.plan.filter(&mut self.operation, name.as_ref(), &value);
        self
    }

    /// Requires that a field is null.
    pub fn is_null(mut self, field: impl AsRef<str>) -> Self {
        self.plan.is_null(&self.operation, field.as_ref());
        self
    }

    /// Requires that a field is not null; only for services backed by a database.
    pub fn is_not_null(mut self, field: impl AsRef<str>) -> Self {
        self.plan.is_not_null(field.as_ref());
        self
    }

    /// Requires that a field is between two values, inclusive.
    #[expect(clippy::needless_pass_by_value, reason = "values are mostly made for the call")]
    pub fn between(mut self, field: impl AsRef<str>, first: impl Encode, last: impl Encode) -> Self {
        self.plan.between(field.as_ref(), &first, &last);
        self
    }

    /// Orders the rows by a field, after the fields of earlier calls.
    pub fn order_by(mut self, field: impl AsRef<str>) -> Self {
        self.plan.order_by(field.as_ref(), false);
        self
    }

    /// Orders the rows by a field, largest first, after the fields of earlier calls.
    pub fn order_by_desc(mut self, field: impl AsRef<str>) -> Self {
        self.plan.order_by(field.as_ref(), true);
        self
    }

    /// Requests only these fields. The other members of the rows then have their defaults; servers still send value types, an enum as its
    /// member 0.
    pub fn fields<F: AsRef<str>>(mut self, fields: impl IntoIterator<Item = F>) -> Self {
        fields.into_iter().for_each(|field| self.plan.field(field.as_ref()));
        self
    }

    /// Omits rows that are equal in the requested fields.
    pub fn distinct(mut self) -> Self {
        self.plan.distinct = true;
        self
    }

    /// Requests an aggregate: `COUNT(*)`, `SUM(Price)`, `AVG(Id) average`. The result is in `meta` of the response.
    pub fn include(mut self, aggregate: impl AsRef<str>) -> Self {
        self.plan.include(aggregate.as_ref());
        self
    }

    /// Requests the number of rows on all pages.
    pub fn include_total(self) -> Self {
        self.include("Total")
    }

    /// Skips this many rows.
    pub fn skip(mut self, rows: u32) -> Self {
        self.plan.skip = Some(rows);
        self
    }

    /// Requests at most this many rows. The host may have a lower limit, which is also the default.
    pub fn take(mut self, rows: u32) -> Self {
        self.plan.take = Some(rows);
        self
    }

    /// Prepares the request of this query without sending it.
    ///
    /// # Errors
    ///
    /// If a name is unknown, a value cannot be sent, or the query is too long for a URL.
    pub fn prepare(mut self) -> Result<PreparedRequest, Error> {
        self.plan.prepare(&self.options, &T::SPEC, &mut self.operation)
    }

    /// Sends the query.
    pub fn send(self) -> impl Future<Output = Result<T::Answer, Error>> + use<T> {
        let client = self.options.client.clone();
        let request = self.prepare();
        async move { T::answer(client.execute(request?).await?) }
    }

    /// Requests all rows from [`skip`](Self::skip) on, [`take`](Self::take) at a time: as pages, or row by row with [`Pages::items`].
    /// Without an order, they are returned by primary key.
    pub fn pages(self) -> Pages<T::Answer>
    where
        T: Clone + Send + 'static,
        T::Answer: Page,
    {
        let Self { options, operation, mut plan } = self;
        let skip = plan.first_row(&operation);
        let client = options.client.clone();
        let prepare = move |walk: &pages::Walk| {
            // The host may send fewer rows than requested, so only the received rows count.
            plan.skip = Some(u32::try_from(walk.seen).unwrap_or(u32::MAX));
            plan.prepare(&options, &T::SPEC, &mut operation.clone())
        };
        Pages::new(client, Box::new(prepare), T::answer, true).after(skip)
    }
}

call_settings!(Query);
