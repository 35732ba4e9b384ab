-- What administrators change of merchants and of trading is noted. Key and secret that retire are secret too.
DROP TRIGGER change_noted ON identity.tenant;
SELECT watch.begin('identity.tenant', 'app_secret_sealed', 'retiring_secret_sealed');
SELECT watch.begin('identity.quota_plan');
SELECT watch.begin('trading.strategy');
SELECT watch.begin('trading.tenant_strategy');
SELECT watch.begin('trading.exchange_account', 'credentials_sealed', 'key_hash');
SELECT watch.begin('trading.binding');
