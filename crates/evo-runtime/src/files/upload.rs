//! Uploads.

use std::sync::Arc;

use http::HeaderValue;

use super::FilePart;
use super::multipart::{Form, Progress};
use crate::client::{CallOptions, Client, call_settings};
use crate::error::{Error, ErrorKind};
use crate::operations::{Operation, OperationSpec, method_named, sends_body};
use crate::request::{PreparedRequest, ShownForm, ShownPart};
use crate::wire::{Record, RedactedRecord, SECRET, has_secrets, query};

/// A call with files, sent as `multipart/form-data`. Created by [`Client::upload`].
///
/// Each member of the operation that is set becomes a form field. Servers read an empty string as null. A stream can be sent only once: if
/// the session has expired, the call fails and has to be made again.
///
/// See [`guide::files`](crate::guide::files).
#[must_use = "an upload is made by sending it"]
pub struct Upload<T> {
    options: CallOptions,
    operation: T,
    files: Vec<FilePart>,
    form_fields: Vec<(String, String)>,
    progress: Option<Progress>,
}

impl Client {
    /// Starts a call of an operation with files.
    pub fn upload<T: Operation>(&self, operation: T) -> Upload<T> {
        let options = CallOptions::new(self.clone());
        Upload { options, operation, files: Vec::new(), form_fields: Vec::new(), progress: None }
    }

    /// Builds the request of an operation with files, for operations that are only known at run time. [`prepare`](Self::prepare) does the
    /// same without files, and [`upload`](Self::upload) is for operations that are types.
    ///
    /// # Errors
    ///
    /// As for [`Upload::prepare`].
    pub fn prepare_upload(
        &self,
        spec: &OperationSpec,
        operation: &dyn Record,
        files: Vec<FilePart>,
    ) -> Result<PreparedRequest, Error> {
        prepare(&CallOptions::new(self.clone()), spec, operation, files, Vec::new(), None)
    }
}

fn prepare(
    options: &CallOptions,
    spec: &OperationSpec,
    operation: &dyn Record,
    files: Vec<FilePart>,
    form_fields: Vec<(String, String)>,
    progress: Option<Progress>,
) -> Result<PreparedRequest, Error> {
    let mut spec = *spec;
    if !sends_body(&method_named(spec.method)?) {
        spec.method = "POST";
    }
    let mut request = options.prepare(&spec, operation)?;
    let mut fields = fields_of(operation).map_err(|error| error.during(spec.name))?;
    let is_secret = has_secrets(&operation);
    let mut shown_fields = if is_secret {
        fields_of(&RedactedRecord(operation)).map_err(|error| error.during(spec.name))?
    } else {
        fields.clone()
    };
    // Additional fields may repeat secrets of the members.
    let shown =
        |(name, value): &(String, String)| (name.clone(), if is_secret { SECRET.to_owned() } else { value.clone() });
    shown_fields.extend(form_fields.iter().map(shown));
    fields.extend(form_fields);
    let is_unnamed = fields.iter().any(|(name, _)| name.trim().is_empty());
    let problem = is_unnamed.then(|| "a field of the form has no name, and servers drop such fields".to_owned());
    if let Some(problem) = problem.or_else(|| files.iter().find_map(FilePart::problem)) {
        return Err(Error::new(ErrorKind::Request, problem).during(spec.name));
    }
    let form = Form::new(&fields, files);
    let content_type = HeaderValue::try_from(form.content_type())
        .map_err(|error| Error::new(ErrorKind::Request, error.to_string()).during(spec.name))?;
    let shown = ShownForm {
        parts: shown_parts(&fields, &form.shown_files),
        redacted_parts: shown_parts(&shown_fields, &form.shown_files),
    };
    request.set_form(content_type, form.into_body(progress), shown);
    Ok(request)
}

/// Returns the members that are set, as form fields.
fn fields_of(operation: &dyn Record) -> Result<Vec<(String, String)>, Error> {
    let mut fields = Ok(Vec::new());
    operation.members(&mut |members| fields = query::form_fields(operation.shape(), members));
    fields
}

fn shown_parts(fields: &[(String, String)], files: &[ShownPart]) -> Vec<ShownPart> {
    let fields = fields.iter().map(|(name, value)| ShownPart::Field { name: name.clone(), value: value.clone() });
    fields.chain(files.iter().cloned()).collect()
}

impl<T: Operation> Upload<T> {
    /// Adds a file.
    pub fn file(mut self, file: FilePart) -> Self {
        self.files.push(file);
        self
    }

    /// Adds a form field, in addition to the members of the operation.
    pub fn form_field(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.form_fields.push((name.into(), value.into()));
        self
    }

    /// Sets a function that receives the number of bytes sent so far, and the total if it is known.
    pub fn on_progress(mut self, progress: impl Fn(u64, Option<u64>) + Send + Sync + 'static) -> Self {
        self.progress = Some(Arc::new(progress));
        self
    }

    /// Builds the request of this upload without sending it.
    ///
    /// # Errors
    ///
    /// If a value cannot be sent in a form, if a file has no name, which servers drop, or if none of the addresses can take the call.
    pub fn prepare(self) -> Result<PreparedRequest, Error> {
        prepare(&self.options, &T::SPEC, &self.operation, self.files, self.form_fields, self.progress)
    }

    /// Makes the call.
    pub fn send(self) -> impl Future<Output = Result<T::Answer, Error>> + use<T> {
        let client = self.options.client.clone();
        let request = self.prepare();
        async move { T::answer(client.execute(request?).await?) }
    }
}

call_settings!(Upload);

impl<T: std::fmt::Debug> std::fmt::Debug for Upload<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Upload")
            .field("options", &self.options)
            .field("operation", &self.operation)
            .field("files", &self.files)
            .finish_non_exhaustive()
    }
}
