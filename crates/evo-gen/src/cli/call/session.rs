//! Sessions that are kept between calls: one file for each host, which only the user can read.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy as _;
use evo_runtime::{Client, SavedSession};

use crate::Error;

/// The environment variable with the password for `--login`.
pub const PASSWORD: &str = "EVO_GEN_PASSWORD";

/// The session of a host.
#[derive(Debug)]
pub struct StoredSession {
    path: PathBuf,
}

impl StoredSession {
    /// Returns the session of the host that a client calls.
    pub fn for_client(client: &Client) -> Result<Self, Error> {
        let folder = etcetera::choose_base_strategy().map_err(|error| {
            Error::usage("the folder of sessions is unknown").help("set `HOME` or `XDG_STATE_HOME`").caused_by(error)
        })?;
        let folder = folder.state_dir().unwrap_or_else(|| folder.data_dir()).join("evo-gen").join("sessions");
        let origin = client.base_url().origin().ascii_serialization();
        let safe = |char: char| if char.is_ascii_alphanumeric() || ".-".contains(char) { char } else { '_' };
        let name: String = origin.chars().map(safe).collect();
        Ok(Self { path: folder.join(format!("{name}.json")) })
    }

    /// Returns the path of the file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Loads the kept session into a client. Returns whether there is one.
    pub fn load(&self, client: &Client) -> Result<bool, Error> {
        let text = match std::fs::read_to_string(&self.path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(false),
            Err(error) => return Err(self.unreadable().caused_by(error)),
        };
        let saved: SavedSession =
            text.parse().map_err(|error: evo_runtime::Error| self.unreadable().caused_by(error))?;
        client.session().load(&saved).map_err(|error| self.unreadable().caused_by(error))?;
        Ok(!saved.is_empty())
    }

    fn unreadable(&self) -> Error {
        Error::usage("the kept session cannot be read")
            .at(self.path.display().to_string())
            .help("remove the file, and sign in again with `--login USER`")
    }

    /// Saves the session of a client, or removes the file if the session is empty.
    pub fn save(&self, client: &Client) -> Result<(), Error> {
        let saved = client.session().save();
        if saved.is_empty() {
            return self.forget();
        }
        self.write(&saved.to_json()).map_err(|error| {
            Error::write("the session cannot be kept").at(self.path.display().to_string()).caused_by(error)
        })
    }

    /// Writes a file that only the user can read: it is created as a temporary file with these permissions and then moved into place.
    fn write(&self, text: &str) -> std::io::Result<()> {
        let folder = self.path.parent().unwrap_or(Path::new("."));
        std::fs::create_dir_all(folder)?;
        let mut file = tempfile::NamedTempFile::new_in(folder)?;
        file.write_all(text.as_bytes())?;
        file.persist(&self.path).map(drop).map_err(|error| error.error)
    }

    /// Removes the file.
    pub fn forget(&self) -> Result<(), Error> {
        match std::fs::remove_file(&self.path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                Err(Error::write("the session cannot be removed").at(self.path.display().to_string()).caused_by(error))
            }
            _ => Ok(()),
        }
    }
}

/// Returns the password of a user: from the environment, otherwise from the terminal, without echo.
pub fn ask_for_password(user: &str) -> Result<String, Error> {
    if let Some(password) = std::env::var(PASSWORD).ok().filter(|password| !password.is_empty()) {
        return Ok(password);
    }
    rpassword::prompt_password(format!("Password of {user}: ")).map_err(|error| {
        Error::usage("there is no terminal to enter the password")
            .help(format!("set the environment variable `{PASSWORD}`"))
            .caused_by(error)
    })
}
