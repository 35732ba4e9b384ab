-- What administrators change of execution nodes is noted.
SELECT watch.begin('trading.execution_node');
