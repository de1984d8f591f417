//! Serves a mock: `cargo run -p evo-mock --example serve -- metadata.json 5005`.

use evo_mock::Mock;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let document = arguments.next().ok_or("name a metadata document")?;
    let port = arguments.next().map(|port| port.parse()).transpose()?.unwrap_or_default();
    let mock = Mock::of(document).port(port).log(|line| eprintln!("{line}")).start().await?;
    println!("{}", mock.url());
    mock.wait().await;
    Ok(())
}
