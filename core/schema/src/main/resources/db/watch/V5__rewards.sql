-- What administrators set and decide of rewards is noted with its before and after.
SELECT watch.begin('rewards.terms');
SELECT watch.begin('rewards.withdrawal', 'request_hash');
SELECT watch.begin('rewards.point_log');
SELECT watch.begin('rewards.member');
