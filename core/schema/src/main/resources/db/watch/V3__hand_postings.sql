-- What administrators post by hand is noted with who did it.
SELECT watch.begin('billing.hand_posting', 'request_hash');
