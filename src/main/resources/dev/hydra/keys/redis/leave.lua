-- A node ends. KEYS: sorted set of nodes. ARGV: node.
redis.call('ZREM', KEYS[1], ARGV[1])
return {}
