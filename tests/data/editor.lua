-- What tests/test_neovim.py has Neovim do: open a card, wait for what is found, apply all safe fixes, write, leave.
local function tell(...) io.stdout:write(table.concat({ ... }, " "), "\n") end
local function wait(what) assert(vim.wait(30000, what, 20), "nothing came") end

vim.cmd("edit README.md")
local options = { name = "cardlint", cmd = { vim.env.SERVER, "-m", "cardlint", "server" }, root_dir = vim.fn.getcwd() }
local id = (vim.lsp.start or vim.lsp.start_client)(options)
vim.lsp.buf_attach_client(0, id)
local client = vim.lsp.get_client_by_id(id)
local function codes()
  local found = {}
  for _, each in ipairs(vim.diagnostic.get(0)) do
    found[#found + 1] = each.code or each.user_data.lsp.code
  end
  table.sort(found)
  return table.concat(found, " ")
end

wait(function() return #vim.diagnostic.get(0) > 0 end)
tell("found", codes())
local first = vim.diagnostic.get(0)[1]
local document = { uri = vim.uri_from_bufnr(0) }
local line = vim.api.nvim_buf_get_lines(0, first.lnum, first.lnum + 1, true)[1]
tell("text", line:sub(first.col + 1, first.end_col))
local asked = { textDocument = document, position = { line = first.lnum, character = 0 } }
local hover = vim.lsp.buf_request_sync(0, "textDocument/hover", asked, 30000)
tell("page", vim.split(hover[id].result.contents.value, "\n")[1])
asked = {
  textDocument = document,
  range = { start = { line = 0, character = 0 }, ["end"] = { line = 0, character = 0 } },
  context = { diagnostics = {}, only = { "source.fixAll" } },
}
local action = vim.lsp.buf_request_sync(0, "textDocument/codeAction", asked, 30000)[id].result[1]
vim.lsp.util.apply_workspace_edit(action.edit, client.offset_encoding)
wait(function() return #vim.diagnostic.get(0) == 0 end)
vim.cmd("write")
vim.lsp.stop_client(id)
wait(function() return vim.lsp.get_client_by_id(id) == nil or client:is_stopped() end)
vim.cmd("qall!")
