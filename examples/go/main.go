package main

import (
	"context"
	"errors"
	"fmt"
	"log"
	"os"
	"slices"

	"github.com/auth0/go-auth0"
	"github.com/auth0/go-auth0/management"
)

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

func expect(roles []*management.Role, want ...string) {
	names := make([]string, 0, len(roles))
	for _, role := range roles {
		names = append(names, role.GetName())
	}
	slices.Sort(names)
	if !slices.Equal(names, want) {
		log.Fatalf("roles: expected %v, received %v", want, names)
	}
}

func main() {
	ctx := context.Background()
	api, err := management.New(
		os.Getenv("AUTH0_DOMAIN"),
		management.WithClientCredentials(ctx, os.Getenv("AUTH0_CLIENT_ID"), os.Getenv("AUTH0_CLIENT_SECRET")),
	)
	check(err)

	// An API with role-based access control, and a role with one of its permissions.
	identifier := "https://tours.travel0.example/"
	scopes := []management.ResourceServerScope{{Value: auth0.String("read:tours")}}
	check(api.ResourceServer.Create(ctx, &management.ResourceServer{
		Identifier:      &identifier,
		EnforcePolicies: auth0.Bool(true),
		Scopes:          &scopes,
	}))
	guide := &management.Role{Name: auth0.String("Guide"), Description: auth0.String("Leads tours")}
	check(api.Role.Create(ctx, guide))
	permission := &management.Permission{ResourceServerIdentifier: &identifier, Name: auth0.String("read:tours")}
	check(api.Role.AssociatePermissions(ctx, guide.GetID(), []*management.Permission{permission}))
	pilot := &management.Role{Name: auth0.String("Pilot")}
	check(api.Role.Create(ctx, pilot))

	// Roles of a user.
	ada := &management.User{
		Connection: auth0.String("Username-Password-Authentication"),
		Email:      auth0.String("ada@travel0.example"),
		Password:   auth0.String("correct-horse-7-battery"),
	}
	check(api.User.Create(ctx, ada))
	check(api.User.AssignRoles(ctx, ada.GetID(), []*management.Role{guide, pilot}))
	assigned, err := api.User.Roles(ctx, ada.GetID())
	check(err)
	expect(assigned.Roles, "Guide", "Pilot")
	check(api.User.RemoveRoles(ctx, ada.GetID(), []*management.Role{pilot}))
	assigned, err = api.User.Roles(ctx, ada.GetID())
	check(err)
	expect(assigned.Roles, "Guide")

	// A member of an organization, with a role there.
	crew := &management.Organization{Name: auth0.String("crew")}
	check(api.Organization.Create(ctx, crew))
	check(api.Organization.AddMembers(ctx, crew.GetID(), []string{ada.GetID()}))
	check(api.Organization.AssignMemberRoles(ctx, crew.GetID(), ada.GetID(), []string{pilot.GetID()}))
	inCrew, err := api.Organization.MemberRoles(ctx, crew.GetID(), ada.GetID())
	check(err)
	if len(inCrew.Roles) != 1 || inCrew.Roles[0].GetName() != "Pilot" {
		log.Fatalf("roles in crew: expected [Pilot], received %v", inCrew.Roles)
	}

	// The errors of the service: a role that does not exist.
	unknown := &management.Role{ID: auth0.String("rol_0000000000000000")}
	err = api.User.AssignRoles(ctx, ada.GetID(), []*management.Role{unknown})
	var failure management.Error
	if !errors.As(err, &failure) || failure.Status() != 404 {
		log.Fatalf("an unknown role: expected 404, received %v", err)
	}

	fmt.Println("Ada is a guide, and a pilot in crew.")
}
