// A mock of the API as a Go team writes one for its own tests: routes, structs, maps and one fixed token. It has the
// operations that such a team needs and no others, and checks little of what it receives.
package main

import (
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"net"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

const (
	token = "test-token"
	root  = "/api/v2"
)

type identity struct {
	Connection string `json:"connection"`
	UserID     string `json:"user_id"`
	Provider   string `json:"provider"`
	IsSocial   bool   `json:"isSocial"`
}

type user struct {
	ID            string         `json:"user_id"`
	Connection    string         `json:"connection,omitempty"` // only in requests
	Password      string         `json:"password,omitempty"`   // only in requests
	Email         string         `json:"email,omitempty"`
	EmailVerified bool           `json:"email_verified"`
	Username      string         `json:"username,omitempty"`
	Name          string         `json:"name,omitempty"`
	Nickname      string         `json:"nickname,omitempty"`
	GivenName     string         `json:"given_name,omitempty"`
	FamilyName    string         `json:"family_name,omitempty"`
	Picture       string         `json:"picture,omitempty"`
	Blocked       bool           `json:"blocked,omitempty"`
	UserMetadata  map[string]any `json:"user_metadata,omitempty"`
	AppMetadata   map[string]any `json:"app_metadata,omitempty"`
	Identities    []identity     `json:"identities"`
	CreatedAt     time.Time      `json:"created_at"`
	UpdatedAt     time.Time      `json:"updated_at"`
}

type role struct {
	ID          string `json:"id"`
	Name        string `json:"name"`
	Description string `json:"description,omitempty"`
}

type organization struct {
	ID          string            `json:"id"`
	Name        string            `json:"name"`
	DisplayName string            `json:"display_name,omitempty"`
	Metadata    map[string]string `json:"metadata,omitempty"`
}

type scope struct {
	Value       string `json:"value"`
	Description string `json:"description,omitempty"`
}

type api struct {
	ID         string  `json:"id"`
	Name       string  `json:"name,omitempty"`
	Identifier string  `json:"identifier"`
	Scopes     []scope `json:"scopes,omitempty"`
}

type permission struct {
	API  string `json:"resource_server_identifier"`
	Name string `json:"permission_name"`
}

type member struct {
	ID      string `json:"user_id"`
	Email   string `json:"email,omitempty"`
	Name    string `json:"name,omitempty"`
	Picture string `json:"picture,omitempty"`
}

// failure is an error with the HTTP status of its answer.
type failure struct {
	status  int
	message string
}

func (f failure) Error() string { return f.message }

func notFound(what string) error {
	return failure{http.StatusNotFound, "The " + what + " does not exist."}
}

func badRequest(message string) error { return failure{http.StatusBadRequest, message} }

func send(w http.ResponseWriter, status int, body any) {
	if body == nil {
		w.WriteHeader(status)
		return
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	if err := json.NewEncoder(w).Encode(body); err != nil {
		log.Print(err)
	}
}

func sendFailure(w http.ResponseWriter, err error) {
	var f failure
	if !errors.As(err, &f) {
		f = failure{http.StatusInternalServerError, err.Error()}
	}
	body := map[string]any{"statusCode": f.status, "error": http.StatusText(f.status), "message": f.message}
	send(w, f.status, body)
}

func decode(r *http.Request, into any) error {
	if err := json.NewDecoder(r.Body).Decode(into); err != nil {
		return badRequest("Invalid request payload: " + err.Error())
	}
	return nil
}

func newID(prefix string, bytes int) string {
	random := make([]byte, bytes)
	rand.Read(random)
	return prefix + hex.EncodeToString(random)
}

func number(r *http.Request, name string, fallback int) (int, error) {
	text := r.URL.Query().Get(name)
	if text == "" {
		return fallback, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 0 {
		return 0, badRequest("Query validation error: " + name)
	}
	return n, nil
}

// page returns what a listing sends: an array, or an object with totals.
func page[T any](r *http.Request, name string, all []T) (any, error) {
	index, err := number(r, "page", 0)
	if err != nil {
		return nil, err
	}
	size, err := number(r, "per_page", 50)
	if err != nil {
		return nil, err
	}
	if size > 100 {
		return nil, badRequest("Query validation error: per_page is at most 100")
	}
	start := min(index*size, len(all))
	items := append([]T{}, all[start:min(start+size, len(all))]...)
	if r.URL.Query().Get("include_totals") != "true" {
		return items, nil
	}
	return map[string]any{name: items, "start": index * size, "limit": size, "total": len(all)}, nil
}

type server struct {
	mu              sync.Mutex
	mux             *http.ServeMux
	users           collection[user]
	roles           collection[role]
	organizations   collection[organization]
	apis            collection[api]
	userRoles       map[string][]string
	userPermissions map[string][]permission
	rolePermissions map[string][]permission
	members         map[string][]string
	memberRoles     map[string][]string // by organization and user
}

func (s *server) handle(pattern string, h func(r *http.Request) (int, any, error)) {
	s.mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "Bearer "+token {
			sendFailure(w, failure{http.StatusUnauthorized, "Invalid token"})
			return
		}
		s.mu.Lock()
		defer s.mu.Unlock()
		status, body, err := h(r)
		if err != nil {
			sendFailure(w, err)
			return
		}
		send(w, status, body)
	})
}

// collection holds the items of one kind in the order of their creation, so that pages are stable.
type collection[T any] struct {
	path, what string
	list       string // the name of the array in an answer with totals
	created    int    // status
	deleted    int    // status; 200 has an empty object
	id         func(item *T) *string
	newID      func() string
	check      func(item *T) error
	onDelete   func(id string)
	order      []string
	items      map[string]T
}

func (c *collection[T]) get(id string) (T, error) {
	item, exists := c.items[id]
	if !exists {
		return item, notFound(c.what)
	}
	return item, nil
}

func (c *collection[T]) put(id string, item T) {
	if _, exists := c.items[id]; !exists {
		c.order = append(c.order, id)
	}
	c.items[id] = item
}

func (c *collection[T]) all() []T {
	items := make([]T, 0, len(c.order))
	for _, id := range c.order {
		items = append(items, c.items[id])
	}
	return items
}

// isTaken reports whether another item fits.
func (c *collection[T]) isTaken(id string, fits func(other T) bool) bool {
	for otherID, other := range c.items {
		if otherID != id && fits(other) {
			return true
		}
	}
	return false
}

func (c *collection[T]) mount(s *server) {
	c.items = map[string]T{}
	s.handle("GET "+root+c.path, func(r *http.Request) (int, any, error) {
		body, err := page(r, c.list, c.all())
		return http.StatusOK, body, err
	})
	s.handle("POST "+root+c.path, func(r *http.Request) (int, any, error) {
		var item T
		if err := decode(r, &item); err != nil {
			return 0, nil, err
		}
		*c.id(&item) = c.newID()
		if err := c.check(&item); err != nil {
			return 0, nil, err
		}
		c.put(*c.id(&item), item)
		return c.created, item, nil
	})
	s.handle("GET "+root+c.path+"/{id}", func(r *http.Request) (int, any, error) {
		item, err := c.get(r.PathValue("id"))
		return http.StatusOK, item, err
	})
	s.handle("PATCH "+root+c.path+"/{id}", func(r *http.Request) (int, any, error) {
		item, err := c.get(r.PathValue("id"))
		if err != nil {
			return 0, nil, err
		}
		if err := decode(r, &item); err != nil {
			return 0, nil, err
		}
		*c.id(&item) = r.PathValue("id")
		if err := c.check(&item); err != nil {
			return 0, nil, err
		}
		c.put(r.PathValue("id"), item)
		return http.StatusOK, item, nil
	})
	s.handle("DELETE "+root+c.path+"/{id}", func(r *http.Request) (int, any, error) {
		id := r.PathValue("id")
		if _, err := c.get(id); err != nil {
			return 0, nil, err
		}
		delete(c.items, id)
		c.order = without(c.order, id)
		c.onDelete(id)
		if c.deleted == http.StatusOK {
			return c.deleted, struct{}{}, nil
		}
		return c.deleted, nil, nil
	})
}

func with[T comparable](list []T, value T) []T {
	if slices.Contains(list, value) {
		return list
	}
	return append(list, value)
}

func without[T comparable](list []T, value T) []T {
	return slices.DeleteFunc(list, func(other T) bool { return other == value })
}

// relation links items to others, such as users to roles. It is listed, added to and removed from.
type relation[T comparable, Shown any] struct {
	path, list string
	added      int // status
	values     map[string][]T
	key        func(r *http.Request) (string, error)
	exists     func(value T) error
	show       func(value T) Shown
}

func mount[T comparable, Shown any](s *server, rel relation[T, Shown]) {
	s.handle("GET "+root+rel.path, func(r *http.Request) (int, any, error) {
		key, err := rel.key(r)
		if err != nil {
			return 0, nil, err
		}
		shown := []Shown{}
		for _, value := range rel.values[key] {
			shown = append(shown, rel.show(value))
		}
		body, err := page(r, rel.list, shown)
		return http.StatusOK, body, err
	})
	change := func(status int, apply func(list []T, value T) []T) func(r *http.Request) (int, any, error) {
		return func(r *http.Request) (int, any, error) {
			key, err := rel.key(r)
			if err != nil {
				return 0, nil, err
			}
			var input map[string][]T
			if err := decode(r, &input); err != nil {
				return 0, nil, err
			}
			for _, value := range input[rel.list] {
				if err := rel.exists(value); err != nil {
					return 0, nil, err
				}
			}
			for _, value := range input[rel.list] {
				rel.values[key] = apply(rel.values[key], value)
			}
			return status, nil, nil
		}
	}
	s.handle("POST "+root+rel.path, change(rel.added, with[T]))
	s.handle("DELETE "+root+rel.path, change(http.StatusNoContent, without[T]))
}

func (s *server) checkUser(item *user) error {
	if s.users.isTaken(item.ID, func(other user) bool { return item.Email != "" && other.Email == item.Email }) {
		return failure{http.StatusConflict, "The user already exists."}
	}
	item.UpdatedAt = time.Now().UTC()
	if len(item.Identities) == 0 {
		if item.Connection == "" {
			return badRequest("Payload validation error: connection is required")
		}
		key := strings.TrimPrefix(item.ID, "auth0|")
		item.Identities = []identity{{Connection: item.Connection, UserID: key, Provider: "auth0"}}
		item.CreatedAt = item.UpdatedAt
	}
	item.Connection, item.Password = "", ""
	return nil
}

// requireUnique refuses an item without a property, and one with the same value as another item.
func (c *collection[T]) requireUnique(property string, valueOf func(item T) string) func(item *T) error {
	return func(item *T) error {
		value := valueOf(*item)
		if value == "" {
			return badRequest("Payload validation error: " + property + " is required")
		}
		if c.isTaken(*c.id(item), func(other T) bool { return valueOf(other) == value }) {
			return failure{http.StatusConflict, "Another " + c.what + " has this " + property + "."}
		}
		return nil
	}
}

func (s *server) forgetUser(id string) {
	delete(s.userRoles, id)
	delete(s.userPermissions, id)
	for organizationID, members := range s.members {
		s.members[organizationID] = without(members, id)
		delete(s.memberRoles, organizationID+" "+id)
	}
}

func (s *server) forgetRole(id string) {
	delete(s.rolePermissions, id)
	for _, lists := range []map[string][]string{s.userRoles, s.memberRoles} {
		for key, roles := range lists {
			lists[key] = without(roles, id)
		}
	}
}

func (s *server) forgetOrganization(id string) {
	for _, userID := range s.members[id] {
		delete(s.memberRoles, id+" "+userID)
	}
	delete(s.members, id)
}

func (s *server) mountCollections() {
	s.users = collection[user]{
		path: "/users", what: "user", list: "users", created: http.StatusCreated, deleted: http.StatusNoContent,
		id:    func(item *user) *string { return &item.ID },
		newID: func() string { return newID("auth0|", 12) },
		check: s.checkUser, onDelete: s.forgetUser,
	}
	s.roles = collection[role]{
		path: "/roles", what: "role", list: "roles", created: http.StatusOK, deleted: http.StatusOK,
		id:       func(item *role) *string { return &item.ID },
		newID:    func() string { return newID("rol_", 8) },
		check:    s.roles.requireUnique("name", func(item role) string { return item.Name }),
		onDelete: s.forgetRole,
	}
	s.organizations = collection[organization]{
		path: "/organizations", what: "organization", list: "organizations",
		created: http.StatusCreated, deleted: http.StatusNoContent,
		id:       func(item *organization) *string { return &item.ID },
		newID:    func() string { return newID("org_", 8) },
		check:    s.organizations.requireUnique("name", func(item organization) string { return item.Name }),
		onDelete: s.forgetOrganization,
	}
	s.apis = collection[api]{
		path: "/resource-servers", what: "resource server", list: "resource_servers",
		created: http.StatusCreated, deleted: http.StatusNoContent,
		id:       func(item *api) *string { return &item.ID },
		newID:    func() string { return newID("", 12) },
		check:    s.apis.requireUnique("identifier", func(item api) string { return item.Identifier }),
		onDelete: func(string) {},
	}
	s.users.mount(s)
	s.roles.mount(s)
	s.organizations.mount(s)
	s.apis.mount(s)
}

func (s *server) mountRelations() {
	userKey := func(r *http.Request) (string, error) {
		_, err := s.users.get(r.PathValue("id"))
		return r.PathValue("id"), err
	}
	roleKey := func(r *http.Request) (string, error) {
		_, err := s.roles.get(r.PathValue("id"))
		return r.PathValue("id"), err
	}
	organizationKey := func(r *http.Request) (string, error) {
		_, err := s.organizations.get(r.PathValue("id"))
		return r.PathValue("id"), err
	}
	memberKey := func(r *http.Request) (string, error) {
		id, err := organizationKey(r)
		if err == nil && !slices.Contains(s.members[id], r.PathValue("user")) {
			err = notFound("member")
		}
		return id + " " + r.PathValue("user"), err
	}
	isUser := func(id string) error { _, err := s.users.get(id); return err }
	isRole := func(id string) error { _, err := s.roles.get(id); return err }
	isPermission := func(p permission) error {
		for _, item := range s.apis.items {
			if item.Identifier == p.API && slices.ContainsFunc(item.Scopes, func(s scope) bool { return s.Value == p.Name }) {
				return nil
			}
		}
		return notFound("permission")
	}
	showRole := func(id string) role { return s.roles.items[id] }
	showPermission := func(p permission) permission { return p }
	showMember := func(id string) member {
		found := s.users.items[id]
		return member{found.ID, found.Email, found.Name, found.Picture}
	}
	mount(s, relation[string, role]{"/users/{id}/roles", "roles", http.StatusNoContent, s.userRoles, userKey, isRole, showRole})
	mount(s, relation[permission, permission]{"/users/{id}/permissions", "permissions", http.StatusCreated, s.userPermissions, userKey, isPermission, showPermission})
	mount(s, relation[permission, permission]{"/roles/{id}/permissions", "permissions", http.StatusCreated, s.rolePermissions, roleKey, isPermission, showPermission})
	mount(s, relation[string, member]{"/organizations/{id}/members", "members", http.StatusNoContent, s.members, organizationKey, isUser, showMember})
	mount(s, relation[string, role]{"/organizations/{id}/members/{user}/roles", "roles", http.StatusNoContent, s.memberRoles, memberKey, isRole, showRole})
}

func main() {
	s := &server{
		mux:             http.NewServeMux(),
		userRoles:       map[string][]string{},
		userPermissions: map[string][]permission{},
		rolePermissions: map[string][]permission{},
		members:         map[string][]string{},
		memberRoles:     map[string][]string{},
	}
	s.mountCollections()
	s.mountRelations()
	s.mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) { sendFailure(w, notFound("path")) })
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("http://%s\n", listener.Addr())
	log.Fatal(http.Serve(listener, s.mux))
}
