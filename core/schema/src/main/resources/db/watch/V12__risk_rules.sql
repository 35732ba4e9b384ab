-- What administrators set of the rules of risk is noted.
SELECT watch.begin('trading.risk_setting');
