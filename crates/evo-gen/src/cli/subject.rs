//! Selects the service for a command: the document that `--url` or `--file` specifies, otherwise that of the configured client.

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::Args;

use super::args::AccessArgs;
use super::report::Report;
use super::select::{find_configurations, read_document, read_source};
use crate::Error;
use crate::config::Settings;
use crate::diagnostics::Diagnostics;
use crate::generator::Model;
use crate::lower::service_stack_operation;
use crate::source::Document;

/// The options that select a service.
#[derive(Debug, Args)]
pub struct SubjectArgs {
    /// Fetch the document from a server
    #[arg(long, value_name = "URL", conflicts_with = "file", help_heading = "Source")]
    pub url: Option<String>,
    /// Read a document (`-`: standard input)
    #[arg(long, value_name = "PATH", help_heading = "Source")]
    pub file: Option<PathBuf>,
    /// Read this configuration instead of looking for evo-gen.toml
    #[arg(long, value_name = "FILE", conflicts_with_all = ["url", "file"], help_heading = "Source")]
    pub config: Option<PathBuf>,
    /// The configured client, if there are several
    #[arg(long, value_name = "NAME", conflicts_with_all = ["url", "file"], help_heading = "Source")]
    pub client: Option<String>,
    /// How to access the server.
    #[command(flatten)]
    pub access: AccessArgs,
}

/// A document and the settings that apply to it.
#[derive(Debug)]
pub struct Subject {
    pub document: Document,
    pub settings: Settings,
    /// The server in the configuration.
    pub url: Option<String>,
}

impl Subject {
    /// Returns the settings that determine the meaning of the document and the address of calls, without those for the generated code.
    pub fn call_settings(&self) -> Settings {
        let own = &self.settings;
        let mut settings = Settings::default();
        settings.address.clone_from(&own.address);
        settings.supply.clone_from(&own.supply);
        settings.resolve.clone_from(&own.resolve);
        settings.optional.clone_from(&own.optional);
        settings.null_items.clone_from(&own.null_items);
        settings.type_names.clone_from(&own.type_names);
        settings.sealed.clone_from(&own.sealed);
        settings.secret.clone_from(&own.secret);
        settings.service_stack.clone_from(&own.service_stack);
        settings
    }

    /// Returns the settings of calls, and those that determine the names and types of the generated code.
    pub fn code_settings(&self) -> Settings {
        let own = &self.settings;
        let mut settings = self.call_settings();
        settings.rename.clone_from(&own.rename);
        settings.replace.clone_from(&own.replace);
        settings.required = own.required;
        settings.dates = own.dates;
        settings.decimals = own.decimals;
        settings.maps = own.maps;
        settings
    }

    /// Builds the model with these settings. Warnings about the document are reported when its client is generated.
    ///
    /// If the document has nothing with this name, but ServiceStack itself has such an operation, the model includes it: hosts provide it,
    /// although documents do not list it.
    pub fn build_model(&self, mut settings: Settings, name: Option<&str>) -> Result<Model, Error> {
        settings.describe_runtime_operations = true;
        let build =
            |settings: &Settings| Model::build(&self.document, settings, &BTreeMap::new(), &mut Diagnostics::default());
        let model = build(&settings)?;
        let is_own = |name: &&str| !model.api.items.iter().any(|item| item.is_called(name));
        match name.filter(is_own).and_then(service_stack_operation) {
            Some(operation) => {
                settings.service_stack.push(operation.to_owned());
                build(&settings)
            }
            None => Ok(model),
        }
    }
}

impl SubjectArgs {
    /// Reads the document.
    pub fn read(&self, report: Report<'_>) -> Result<Subject, Error> {
        if self.url.is_some() || self.file.is_some() {
            let document = read_document(self.url.as_deref(), self.file.as_deref(), &self.access, report)?;
            return Ok(Subject { document, settings: Settings::default(), url: self.url.clone() });
        }
        let configurations = find_configurations(self.config.as_deref())?;
        let clients = match &self.client {
            Some(name) => configurations.clients_named(name)?,
            None => configurations.clients_to_renew()?,
        };
        let names: Vec<String> = clients.iter().map(|client| client.name.clone()).collect();
        let mut clients = clients.into_iter();
        match (clients.next(), clients.next()) {
            (Some(client), None) => {
                let document = read_source(&client, &self.access, report)?;
                Ok(Subject { document, settings: client.settings, url: client.url })
            }
            (None, _) => Err(Error::usage("no client is configured here")
                .help("specify a service with `--url URL` or a document with `--file PATH`")),
            (Some(_), Some(_)) => Err(Error::usage(format!("several clients are configured: {}", names.join(", ")))
                .help("select one with `--client NAME`, or specify a document with `--file PATH`")),
        }
    }
}
