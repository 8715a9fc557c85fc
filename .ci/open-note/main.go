// Opens a signed note with Go's own implementation: open-note NOTE VKEY-FILE. Exit 0 if it verifies.
package main

import (
	"fmt"
	"os"
	"strings"

	"golang.org/x/mod/sumdb/note"
)

func main() {
	if err := open(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func open(noteFile, keyFile string) error {
	text, err := os.ReadFile(noteFile)
	if err != nil {
		return err
	}
	key, err := os.ReadFile(keyFile)
	if err != nil {
		return err
	}
	verifier, err := note.NewVerifier(strings.TrimSpace(string(key)))
	if err != nil {
		return err
	}
	opened, err := note.Open(text, note.VerifierList(verifier))
	if err != nil {
		return err
	}
	fmt.Printf("%d signatures verified, %d of other keys\n", len(opened.Sigs), len(opened.UnverifiedSigs))
	return nil
}
