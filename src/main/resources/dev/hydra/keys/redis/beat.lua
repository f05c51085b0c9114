-- Says that a node is alive. KEYS: sorted set of nodes by their last beat, mark of this Redis. ARGV: node, milliseconds until it counts as dead, a new mark.
-- Answers the number of nodes and the mark, which is a new one when Redis has lost everything.
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
redis.call('ZADD', KEYS[1], now, ARGV[1])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - tonumber(ARGV[2]))
redis.call('SET', KEYS[2], ARGV[3], 'NX')
return {redis.call('ZCARD', KEYS[1]), redis.call('GET', KEYS[2])}
