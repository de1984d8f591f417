//! Calls every operation of a mock with the generated client of its document, at every address and in every format.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::path::Path;
use std::sync::{Arc, Mutex};

use evo_mock::{Casing, Dialect, Line, Mock};
use evo_runtime::http::Method;
use evo_runtime::wire::{Record, json};
use evo_runtime::{Address, Client, ErrorKind, Format, Retry};

use crate::operations::{Call, Own};

/// How an operation is called: the host, the address and the format.
struct Form {
    name: &'static str,
    dialect: Dialect,
    casing: Casing,
    addresses: &'static [Address],
    format: Format,
}

const FORMS: [Form; 8] = [
    form("classic, /api", Dialect::Classic, Casing::Camel, &[Address::Api], Format::Json),
    form("classic, routes", Dialect::Classic, Casing::Camel, &[Address::Routes, Address::Api], Format::Json),
    form("classic, /json/reply, PascalCase", Dialect::Classic, Casing::Pascal, &[Address::Reply], Format::Json),
    form("classic, JSV", Dialect::Classic, Casing::Camel, &[Address::Routes, Address::Reply], Format::Jsv),
    form("endpoints, /api", Dialect::Endpoints, Casing::Camel, &[Address::Api], Format::Json),
    form("endpoints, routes", Dialect::Endpoints, Casing::Camel, &[Address::Routes, Address::Api], Format::Json),
    form("endpoints, snake_case", Dialect::Endpoints, Casing::Snake, &[Address::Api], Format::Json),
    form("endpoints, JSV", Dialect::Endpoints, Casing::Camel, &[Address::Routes], Format::Jsv),
];

/// Operations whose responses contain structs, which hosts with `System.Text.Json` write as objects in JSON and as text in JSV.
const DIFFER: [&str; 4] = ["EchoCollections", "EchoGenerics", "Sample", "SendNully"];

const fn form(
    name: &'static str,
    dialect: Dialect,
    casing: Casing,
    addresses: &'static [Address],
    format: Format,
) -> Form {
    Form { name, dialect, casing, addresses, format }
}

/// Calls each operation in each way with a request that is filled with samples. Returns the failures: calls without a valid response, values
/// that the mock ignored, and responses that differ.
pub async fn call_all(document: &Path, calls: &[Call]) -> Vec<String> {
    let mut wrong = Vec::new();
    // Dialects write structs and derived classes differently, so responses are compared within a dialect.
    let mut answers: BTreeMap<(String, &str), String> = BTreeMap::new();
    for form in &FORMS {
        let lines = Arc::new(Mutex::new(Vec::new()));
        let sink = lines.clone();
        let mock = Mock::of(document).dialect(form.dialect).casing(form.casing);
        let mock = mock.log(move |line| sink.lock().unwrap().push(line.clone())).start().await.unwrap();
        // On every host, ServiceStack.Text reads and writes JSV, with structs as text.
        let samples = Mock::of(document).casing(form.casing);
        let samples = if form.format == Format::Jsv { samples } else { samples.dialect(form.dialect) };
        let samples = samples.start().await.unwrap();
        let client: Client = Client::builder(mock.url())
            .addresses(form.addresses.iter().copied())
            .format(form.format)
            .retry(Retry::never())
            .build()
            .unwrap();
        for call in calls {
            lines.lock().unwrap().clear();
            let sample = samples.sample(call.spec.name).unwrap_or_default();
            let answer = match call_one(&client, form, call, &sample.to_string()).await {
                Ok(Some(answer)) => Ok(answer),
                Ok(None) => continue,
                Err(problem) => Err(problem),
            };
            let ignored: Vec<String> =
                lines.lock().unwrap().iter().flat_map(|line: &Line| line.ignored.clone()).collect();
            let dialect = format!("{:?}", form.dialect);
            let known = answers.entry((dialect, call.spec.name));
            let problem = match (answer, known) {
                (Err(problem), _) => Some(problem),
                (Ok(_), _) if !ignored.is_empty() => Some(format!("the mock ignored {}", ignored.join(", "))),
                (Ok(answer), Entry::Vacant(known)) => {
                    known.insert(answer);
                    None
                }
                (Ok(answer), Entry::Occupied(known)) => {
                    let is_same = answer == *known.get() || DIFFER.contains(&call.spec.name);
                    (!is_same).then(|| format!("{answer} instead of {}", known.get()))
                }
            };
            wrong.extend(problem.map(|problem| format!("{} ({}): {problem}", call.spec.name, form.name)));
        }
    }
    wrong
}

/// Calls an operation and decodes its response. Returns `None` if the operation has no address of this kind.
async fn call_one(client: &Client, form: &Form, call: &Call, sample: &str) -> Result<Option<String>, String> {
    let method = Method::from_bytes(call.spec.method.as_bytes()).unwrap();
    let own = Own { method, query: Vec::new(), headers: Vec::new() };
    let mut misread = None;
    let mut fill = |mut record: &mut dyn Record| {
        misread = json::read_slice(sample.as_bytes(), &mut record).err().map(|error| format!("{sample}: {error}"));
    };
    let prepared = (call.prepare)(client, &mut fill, &own);
    if let Some(misread) = misread {
        return Err(misread);
    }
    let prepared = match prepared {
        // With endpoint routing, only declared routes support JSV, and some operations have none.
        Err(error) if form.addresses == [Address::Routes] && error.kind() == ErrorKind::Request => {
            return Ok(None);
        }
        prepared => prepared.map_err(|error| format!("{error}: {sample}"))?,
    };
    let reply = client.execute(prepared).await.map_err(|error| format!("{error}: {sample}"))?;
    let answer = (call.answer)(reply).await.map_err(|error| error.to_string())?;
    Ok(Some(answer.shown))
}
