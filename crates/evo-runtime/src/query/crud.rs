//! `AutoQuery` additions to responses and to updates of rows.
//!
//! <https://docs.servicestack.net/autoquery/crud>

use super::conventions::Fields;
use crate::client::Call;
use crate::dto::QueryResponse;
use crate::operations::Operation;

impl<T> QueryResponse<T> {
    /// Returns the value of an aggregate as .NET prints it, by its expression or its alias. Case is ignored, because some hosts change it.
    #[must_use]
    pub fn aggregate(&self, name: &str) -> Option<&str> {
        self.meta.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }
}

impl<T: Operation> Call<T> {
    /// Sets members of a row to null, or to their default if they cannot be null: for PATCH, which does not change members that are not
    /// sent. The names are those of the operation's members. They are sent in the query, because servers silently ignore them in the body.
    ///
    /// ```
    /// use evo_runtime::transport::{HttpReply, ScriptedTransport};
    /// use evo_runtime::{Client, operation, record, setters};
    ///
    /// #[derive(Debug, Clone, PartialEq, Default)]
    /// struct PatchArtist {
    ///     id: Option<i32>,
    ///     born: Option<String>,
    /// }
    /// record!(PatchArtist { id: "Id", born: "Born" });
    /// setters!(PatchArtist(id: i32) { born: String });
    /// operation!(PatchArtist: PATCH => ());
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), evo_runtime::Error> {
    /// # let server = ScriptedTransport::new([HttpReply::of(200, "application/json", r#"{"id":"5"}"#)]);
    /// # let client = Client::builder("https://api.example.org").transport(server.clone()).build()?;
    /// client.call(PatchArtist::new(5)).reset(["Born"]).send().await?;
    /// assert_eq!(server.requests()[0].uri(), "https://api.example.org/api/PatchArtist?reset=Born");
    /// # Ok(())
    /// # }
    /// ```
    pub fn reset<M: AsRef<str>>(self, members: impl IntoIterator<Item = M>) -> Self {
        let fields = Fields(vec![self.operation.shape()]);
        let names: Vec<String> = members.into_iter().map(|member| member.as_ref().to_owned()).collect();
        let unknown = names.iter().find_map(|name| fields.check_field(name).err());
        match unknown {
            Some(error) => Self { options: self.options.record_problem(error.message().to_owned()), ..self },
            None if names.is_empty() => self,
            None => self.query("reset", names.join(",")),
        }
    }
}
