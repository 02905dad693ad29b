//! Nothing of the machine on which a site is made is in what is made.

use std::path::Path;

use crate::Result;
use crate::command::Root;

#[test]
fn no_output_tells_of_the_machine() -> Result {
    let root = Root::new(&[]);
    root.run(&["init", "--sample", "."]).expect(0);
    root.run(&["build"]).expect(0);
    root.run(&["report"]).expect(0);
    root.run(&["export", "plan", "--format", "xlsx", "-o", "public/plan.xlsx"]).expect(0);
    root.run(&["archive", "城东分局", "2025", "-o", "public/a.zip"]).expect(0);
    let names = machine(&root)?;
    let folders = ["public", "reports"].into_iter().flat_map(|folder| root.tree(folder));
    let mut files = 0;
    for (path, bytes) in folders {
        files += 1;
        let found = names.iter().find(|name| bytes.windows(name.len()).any(|window| window == name.as_bytes()));
        assert!(found.is_none(), "{path} tells {found:?}");
    }
    assert!(files > 500, "{files} files");
    Ok(())
}

/// The folder of the library, of the program, of the user; the user; the machine.
fn machine(root: &Root) -> Result<Vec<String>> {
    let mut names = vec![
        root.path("").to_string_lossy().trim_end_matches('/').to_owned(),
        std::fs::canonicalize(root.path(""))?.to_string_lossy().into_owned(),
        env!("CARGO_MANIFEST_DIR").to_owned(),
        std::env::temp_dir().join(".tmp").to_string_lossy().into_owned(),
    ];
    names.extend(
        ["HOME", "CARGO_HOME"].iter().filter_map(|name| std::env::var(name).ok()).map(|home| format!("{home}/")),
    );
    names.extend(std::fs::read_to_string("/etc/hostname").ok().map(|name| name.trim().to_owned()));
    names.extend(std::env::var("USER").ok());
    // A name as short as “vm” or “root” stands in any text.
    names.retain(|name| name.len() > 6 && Path::new(name) != Path::new("/"));
    Ok(names)
}
