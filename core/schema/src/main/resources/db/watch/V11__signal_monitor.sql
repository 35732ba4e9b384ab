-- What administrators set of the signal monitor is noted.
SELECT watch.begin('trading.signal_monitor');
