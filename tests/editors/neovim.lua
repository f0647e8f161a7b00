-- Neovim's own client against `docker-network lsp`; run by tests/editors/neovim.ts. Prints one line for each check.
local bin, post = vim.env.DOCKER_NETWORK_BIN, vim.env.DOCKER_NETWORK_POST
vim.cmd('edit ' .. vim.fn.fnameescape(post))
vim.bo.filetype = 'markdown'
local id = vim.lsp.start_client({ name = 'docker-network', cmd = { 'node', bin, 'lsp', '--stdio' }, root_dir = vim.fn.getcwd() })
vim.lsp.buf_attach_client(0, id)
local client = vim.lsp.get_client_by_id(id)
local function check(name, ok, shown)
  print((ok and 'ok ' or 'FAILED ') .. name .. (ok and '' or ': ' .. vim.inspect(shown)) .. '\n')
end
local function ask(method, line, column, more)
  local params = vim.tbl_extend('force', {
    textDocument = { uri = vim.uri_from_bufnr(0) },
    position = { line = line, character = column },
  }, more or {})
  local answer = client.request_sync(method, params, 10000, 0)
  return answer and answer.result
end
vim.wait(10000, function() return #vim.diagnostic.get(0) > 0 end)
local problems = vim.diagnostic.get(0)
check('diagnostic', #problems == 1 and problems[1].code == 'UNKNOWN_KEY' and problems[1].lnum == 4, problems)
local hover = ask('textDocument/hover', 2, 3)
check('hover', hover and hover.contents.value:find('172.18.0.2', 1, true) ~= nil, hover)
local items = ask('textDocument/completion', 4, 8)
local labels = vim.tbl_map(function(item) return item.label end, items.items or items)
check('completion', vim.tbl_contains(labels, 'image'), labels)
local actions = ask('textDocument/codeAction', 4, 8, {
  range = { start = { line = 4, character = 4 }, ['end'] = { line = 4, character = 8 } },
  context = { diagnostics = {} },
})
check('quick fix', actions and actions[1] and actions[1].title == 'Write image', actions)
vim.lsp.util.apply_workspace_edit(actions[1].edit, client.offset_encoding)
check('quick fix applied', vim.fn.getline(5) == '    image: nginx', vim.fn.getline(5))
vim.wait(10000, function() return #vim.diagnostic.get(0) == 0 end)
check('diagnostic gone', #vim.diagnostic.get(0) == 0, vim.diagnostic.get(0))
local target = ask('textDocument/definition', 8, 24)
check('definition', target and target.range.start.line == 0, target)
local edit = ask('textDocument/rename', 8, 24, { newName = 'shop' })
vim.lsp.util.apply_workspace_edit(edit, client.offset_encoding)
check('rename', vim.fn.getline(1) == '```docker-network model=shop' and vim.fn.getline(9) == '```docker-network use=shop view=bus', vim.fn.getline(1, 9))
vim.cmd('qall!')
