//! Runs the stages that lead from a document and settings to the model.

use std::collections::BTreeMap;

use crate::api::Api;
use crate::config::Settings;
use crate::diagnostics::Diagnostics;
use crate::source::Document;
use crate::{Error, lower, metadata};

/// A document that was read, and what it means.
#[derive(Debug)]
pub(crate) struct Model {
    /// The document as it was read.
    #[cfg_attr(not(feature = "cli"), expect(dead_code, reason = "only the program compares documents"))]
    pub(crate) types: metadata::Types,
    /// The model that code is generated from.
    pub(crate) api: Api,
}

impl Model {
    /// Reads `document` and takes every decision. `names` are those of an earlier run.
    pub(crate) fn build(
        document: &Document,
        settings: &Settings,
        names: &BTreeMap<String, String>,
        diagnostics: &mut Diagnostics,
    ) -> Result<Self, Error> {
        diagnostics.extend([&document.remarks]);
        let model = Self::understand(document, settings, names, diagnostics);
        // What was remarked before the run stopped has a name too.
        diagnostics.identify(|pointer| metadata::identity(&document.types, pointer));
        let allowed = diagnostics.allow(&settings.allow);
        let model = model?;
        allowed?;
        Ok(model)
    }

    fn understand(
        document: &Document,
        settings: &Settings,
        names: &BTreeMap<String, String>,
        diagnostics: &mut Diagnostics,
    ) -> Result<Self, Error> {
        let types = metadata::read(document, diagnostics)?;
        let api = lower::lower(&types, document.facts.as_ref(), settings, names, diagnostics)?;
        Ok(Self { types, api })
    }

    /// The number of operations, those that the runtime already has among them, and of the other types.
    pub(crate) fn counts(&self) -> (usize, usize) {
        self.api.count()
    }
}
