-- What wrk sends to a gateway: one GET after the other, each by the next of so many proxy users.
--
--   wrk … -s load.lua http://GATEWAY -- URL USERS TEMPLATE PASSWORD [close]
--
-- In TEMPLATE, N stands for the number of the user. The last line of the output is JSON.
local requests, following = {}, 0

local letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
local function base64(text)
  local out = {}
  for i = 1, #text, 3 do
    local a, b, c = text:byte(i, i + 2)
    local bits = a * 65536 + (b or 0) * 256 + (c or 0)
    for place = 0, 3 do
      local value = math.floor(bits / 64 ^ (3 - place)) % 64
      out[#out + 1] = (place > 1 and not ({b, c})[place - 1]) and '=' or letters:sub(value + 1, value + 1)
    end
  end
  return table.concat(out)
end

function init(args)
  local url, users, template, password = args[1], tonumber(args[2]), args[3], args[4]
  local host = url:match('^http://([^/]+)')
  for user = 1, users do
    local credentials = base64(template:gsub('N', tostring(user)) .. ':' .. password)
    local headers = { Host = host, ['Proxy-Authorization'] = 'Basic ' .. credentials }
    if args[5] == 'close' then headers.Connection = 'close' end
    requests[user] = wrk.format('GET', url, headers)
  end
end

function request()
  following = following % #requests + 1
  return requests[following]
end

function done(summary, latency)
  local errors = summary.errors
  print(string.format('{"requests": %d, "seconds": %.6f, "failed": %d, "resets": %d, "not_2xx": %d, "p50_us": %d, "p99_us": %d}',
    summary.requests, summary.duration / 1e6, errors.connect + errors.write + errors.timeout, errors.read, errors.status,
    latency:percentile(50), latency:percentile(99)))
end
