// Checks Grafana dashboards against Grafana's own schema, strictly, and prints what is wrong.
package main

import (
	"fmt"
	"os"

	"github.com/grafana/grafana-foundation-sdk/go/cog/plugins"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
)

func main() {
	plugins.RegisterDefaultPlugins()
	bad := false
	for _, file := range os.Args[1:] {
		text, err := os.ReadFile(file)
		if err == nil {
			var board dashboard.Dashboard
			if err = board.UnmarshalJSONStrict(text); err == nil || err.Error() == "" {
				err = board.Validate()
			}
		}
		if err != nil && err.Error() != "" {
			bad = true
			fmt.Printf("%s: %v\n", file, err)
		}
	}
	if bad {
		os.Exit(1)
	}
}
