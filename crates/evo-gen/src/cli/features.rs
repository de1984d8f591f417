//! Updates the Cargo features of modules in the `Cargo.toml` of the crate.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use toml_edit::{Array, DocumentMut, Item, Table, TableLike, Value};

use super::stored::StoredFile;
use crate::Error;
use crate::identifiers::feature_name;

/// The feature that enables every module.
const FULL: &str = "full";

/// Returns the feature names that an earlier run may have used, from the names in its manifest.
pub fn earlier_features(names: &BTreeMap<String, String>) -> BTreeSet<String> {
    let modules = names.iter().filter(|(key, _)| key.starts_with("N:")).map(|(_, module)| module);
    modules.map(|module| feature_name(&module.split("::").collect::<Vec<_>>())).collect()
}

/// Plans the `Cargo.toml` of the package in `folder` with these features.
///
/// # Errors
///
/// Fails if the file does not exist or is not a manifest.
pub fn plan(
    folder: &Path,
    features: &BTreeMap<String, BTreeSet<String>>,
    former: &BTreeSet<String>,
) -> Result<StoredFile, Error> {
    let path = folder.join("Cargo.toml");
    let place = path.display().to_string();
    let help = "the setting `features` writes to it; generate into a crate, or remove the setting";
    let text = std::fs::read_to_string(&path).map_err(|error| {
        Error::usage("the manifest of the crate cannot be read").at(&place).help(help).caused_by(error)
    })?;
    let text = text.replace("\r\n", "\n");
    let new = with_features(&text, features, former).map_err(|error| error.at(&place))?;
    Ok(StoredFile::new(path, new))
}

/// Returns a manifest in which each of `features` enables the features that it needs, and `full` enables all of them. If the manifest does
/// not define `default`, it is set to `full`. Other entries of these features are kept; entries for removed modules are removed.
pub fn with_features(
    text: &str,
    features: &BTreeMap<String, BTreeSet<String>>,
    former: &BTreeSet<String>,
) -> Result<String, Error> {
    let invalid = |_| Error::usage("the manifest of the crate is not valid TOML");
    let mut document: DocumentMut = text.parse().map_err(invalid)?;
    let table = document.entry("features").or_insert_with(|| Item::Table(Table::new()));
    let table = table.as_table_like_mut().ok_or_else(|| Error::usage("`features` of the manifest is not a table"))?;
    let is_removed = |name: &str| former.contains(name) && !features.contains_key(name);
    for name in former.iter().filter(|name| is_removed(name)) {
        table.remove(name);
    }
    if !table.contains_key("default") {
        set_feature(table, "default", &BTreeSet::from([FULL.to_owned()]), &|_| false);
    }
    let is_managed = |name: &str| features.contains_key(name) || former.contains(name);
    set_feature(table, FULL, &features.keys().cloned().collect(), &is_managed);
    for (name, needs) in features {
        set_feature(table, name, needs, &is_managed);
    }
    // A user-defined `default` gets no new entries, but removed modules are removed from it.
    if let Some(default) = table.get_mut("default").and_then(Item::as_array_mut) {
        let before = default.len();
        default.retain(|value| value.as_str().is_none_or(|name| !is_removed(name)));
        // The new first entry used to follow a comma.
        if let (true, Some(first)) = (default.len() < before, default.get_mut(0))
            && first.decor().prefix().and_then(|prefix| prefix.as_str()) == Some(" ")
        {
            first.decor_mut().set_prefix("");
        }
    }
    Ok(document.to_string())
}

/// Makes a feature enable `needs`, in addition to the entries that evo-gen does not manage. A feature that is up to date is not touched.
fn set_feature(table: &mut dyn TableLike, name: &str, needs: &BTreeSet<String>, is_managed: &dyn Fn(&str) -> bool) {
    let there: Vec<String> = table
        .get(name)
        .and_then(Item::as_array)
        .map(|array| array.iter().filter_map(Value::as_str).map(str::to_owned).collect())
        .unwrap_or_default();
    let kept: Vec<&String> = there.iter().filter(|name| !is_managed(name)).collect();
    let wanted: BTreeSet<&String> = kept.iter().copied().chain(needs).collect();
    if table.contains_key(name) && there.iter().collect::<BTreeSet<_>>() == wanted {
        return;
    }
    let values: Array = kept.into_iter().chain(needs).collect();
    table.insert(name, toml_edit::value(values));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn features(features: &[(&str, &[&str])]) -> BTreeMap<String, BTreeSet<String>> {
        let needs = |needs: &[&str]| needs.iter().map(|need| (*need).to_owned()).collect();
        features.iter().map(|(name, others)| ((*name).to_owned(), needs(others))).collect()
    }

    #[test]
    fn features_are_added_and_other_entries_are_kept() {
        let wanted = features(&[("pets", &[]), ("shops", &["pets"])]);
        let former = BTreeSet::from(["gone".to_owned(), "pets".to_owned()]);
        let package = "[package]\nname = \"client\"\n";
        for (before, after) in [
            ("", "\n[features]\ndefault = [\"full\"]\nfull = [\"pets\", \"shops\"]\npets = []\nshops = [\"pets\"]\n"),
            (
                "\n[features]\ndefault = [\"gone\", \"shops\", \"own\"] # few\nown = []\npets = [\"dep:regex\", \"gone\"]\ngone = []\n",
                "\n[features]\ndefault = [\"shops\", \"own\"] # few\nown = []\npets = [\"dep:regex\"]\n\
                 full = [\"pets\", \"shops\"]\nshops = [\"pets\"]\n",
            ),
            (
                "\n[features]\ndefault = []\nfull = [ # all\n  \"shops\", \"pets\",\n]\npets = [ ]\nshops = ['pets']\n",
                "\n[features]\ndefault = []\nfull = [ # all\n  \"shops\", \"pets\",\n]\npets = [ ]\nshops = ['pets']\n",
            ),
        ] {
            let new = with_features(&format!("{package}{before}"), &wanted, &former).unwrap();
            assert_eq!(new, format!("{package}{after}"), "{before}");
            assert_eq!(with_features(&new, &wanted, &former).unwrap(), new, "{before}");
        }
    }

    #[test]
    fn an_invalid_manifest_is_an_error() {
        for (text, message) in [
            ("[package", "the manifest of the crate is not valid TOML"),
            ("features = 1", "`features` of the manifest is not a table"),
        ] {
            let error = with_features(text, &BTreeMap::new(), &BTreeSet::new()).unwrap_err();
            assert_eq!(error.to_string(), message, "{text}");
        }
    }
}
