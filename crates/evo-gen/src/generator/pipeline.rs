//! Runs the stages from a document and settings to the model.

use std::collections::BTreeMap;

use crate::api::Api;
use crate::config::Settings;
use crate::diagnostics::Diagnostics;
use crate::source::Document;
use crate::{Error, lower, metadata};

/// A document and the model that was built from it.
#[derive(Debug)]
pub(crate) struct Model {
    /// The parsed document.
    #[cfg_attr(not(feature = "cli"), expect(dead_code, reason = "only the program compares documents"))]
    pub(crate) types: metadata::Types,
    /// The model for code generation.
    pub(crate) api: Api,
}

impl Model {
    /// Builds the model of `document`. `names` are the names that an earlier run chose.
    pub(crate) fn build(
        document: &Document,
        settings: &Settings,
        names: &BTreeMap<String, String>,
        diagnostics: &mut Diagnostics,
    ) -> Result<Self, Error> {
        diagnostics.extend([&document.remarks]);
        let model = Self::lower_document(document, settings, names, diagnostics);
        // Diagnostics are identified even if the run fails.
        diagnostics.identify(|pointer| metadata::identity(&document.types, pointer));
        let allowed = diagnostics.allow(&settings.allow);
        let model = model?;
        allowed?;
        Ok(model)
    }

    fn lower_document(
        document: &Document,
        settings: &Settings,
        names: &BTreeMap<String, String>,
        diagnostics: &mut Diagnostics,
    ) -> Result<Self, Error> {
        let types = metadata::read(document, diagnostics)?;
        let api = lower::lower(&types, document.facts.as_ref(), settings, names, diagnostics)?;
        Ok(Self { types, api })
    }
}
