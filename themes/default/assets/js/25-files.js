/* Files that a page saves: tables that spreadsheets read, and how they reach the disk. */
(function () {
  "use strict";
  function cell(text) { return /[",\r\n]/.test(text) ? "\"" + text.replace(/"/g, "\"\"") + "\"" : text; }

  window.jiangtaiFiles = {
    /* Rows as CSV, with the mark by which spreadsheets know the encoding. */
    table: function (rows) {
      return "\ufeff" + rows.map(function (row) { return row.map(cell).join(","); }).join("\r\n") + "\r\n";
    },
    /* What stands in a name of a file on every system. */
    plain: function (text) { return text.replace(/[\\/:*?"<>|_\s\u0000-\u001f]+/g, "").slice(0, 40); },
    save: function (name, text) {
      var link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([text], { type: "application/octet-stream" }));
      link.download = name;
      document.body.appendChild(link);
      link.click();
      document.body.removeChild(link);
      setTimeout(function () { URL.revokeObjectURL(link.href); }, 60000);
    }
  };
})();
