/*
 * A plain DAAP player, as Rhythmbox is one: libdmapsharing 3.0 connects, logs in and reads songs and playlists.
 * Prints what it has found, a line each: "song<TAB>property=value<TAB>…", "playlist<TAB>name<TAB>number of songs".
 *
 * Use:   daap-player HOST PORT [PASSWORD]
 * Build: cc daap-player.c -o daap-player $(pkg-config --cflags --libs libdmapsharing-3.0)
 */

#include <libdmapsharing/dmap.h>
#include <stdio.h>
#include <stdlib.h>

static const char *password;
static int password_asks = 0;
static GMainLoop *loop;
static int status = 1;

/* --- a record: keeps whatever the library sets, under the names it uses */

typedef struct {
	GObject parent;
	GHashTable *values;
} PlayerRecord;

typedef struct {
	GObjectClass parent;
} PlayerRecordClass;

static void no_methods (gpointer iface, gpointer data) { (void) iface; (void) data; }

GType player_record_get_type (void);
G_DEFINE_TYPE_WITH_CODE (PlayerRecord, player_record, G_TYPE_OBJECT,
	G_IMPLEMENT_INTERFACE (DMAP_TYPE_RECORD, no_methods)
	G_IMPLEMENT_INTERFACE (DAAP_TYPE_RECORD, no_methods))

static void record_set (GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
	PlayerRecord *record = (PlayerRecord *) object;
	GValue text = G_VALUE_INIT;

	(void) id;
	g_value_init (&text, G_TYPE_STRING);
	if (g_value_transform (value, &text) && g_value_get_string (&text) != NULL)
		g_hash_table_replace (record->values, g_strdup (spec->name), g_value_dup_string (&text));
	g_value_unset (&text);
}

static void record_get (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
	(void) object; (void) id; (void) value; (void) spec;
}

static void player_record_finalize (GObject *object)
{
	g_hash_table_unref (((PlayerRecord *) object)->values);
	G_OBJECT_CLASS (player_record_parent_class)->finalize (object);
}

static void player_record_class_init (PlayerRecordClass *class)
{
	GObjectClass *object = G_OBJECT_CLASS (class);
	guint count = 0;
	GParamSpec **specs = g_object_interface_list_properties (
		g_type_default_interface_ref (DAAP_TYPE_RECORD), &count);

	object->set_property = record_set;
	object->get_property = record_get;
	object->finalize = player_record_finalize;
	for (guint at = 0; at < count; at++)
		g_object_class_override_property (object, at + 1, specs[at]->name);
	g_free (specs);
}

static void player_record_init (PlayerRecord *record)
{
	record->values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

/* --- what makes records */

typedef GObject PlayerFactory;
typedef GObjectClass PlayerFactoryClass;

static DMAPRecord *create_record (DMAPRecordFactory *factory, gpointer data)
{
	(void) factory; (void) data;
	return DMAP_RECORD (g_object_new (player_record_get_type (), NULL));
}

static void factory_methods (gpointer iface, gpointer data)
{
	(void) data;
	((DMAPRecordFactoryIface *) iface)->create = create_record;
}

GType player_factory_get_type (void);
G_DEFINE_TYPE_WITH_CODE (PlayerFactory, player_factory, G_TYPE_OBJECT,
	G_IMPLEMENT_INTERFACE (DMAP_TYPE_RECORD_FACTORY, factory_methods))
static void player_factory_class_init (PlayerFactoryClass *class) { (void) class; }
static void player_factory_init (PlayerFactory *factory) { (void) factory; }

/* --- where they go: printed at once */

typedef GObject PlayerDb;
typedef GObjectClass PlayerDbClass;

static guint songs = 0;

static void print_value (gpointer name, gpointer value, gpointer data)
{
	(void) data;
	printf ("\t%s=%s", (char *) name, (char *) value);
}

static guint print_song (DMAPDb *db, DMAPRecord *record, guint id)
{
	(void) db;
	songs += 1;
	printf ("song\tid=%u", id);
	g_hash_table_foreach (((PlayerRecord *) record)->values, print_value, NULL);
	printf ("\n");
	return id;
}

static guint print_new_song (DMAPDb *db, DMAPRecord *record) { return print_song (db, record, songs + 1); }
static gint64 count_songs (const DMAPDb *db) { (void) db; return songs; }

static void db_methods (gpointer iface, gpointer data)
{
	DMAPDbIface *methods = iface;

	(void) data;
	methods->add = print_new_song;
	methods->add_with_id = print_song;
	methods->count = count_songs;
}

GType player_db_get_type (void);
G_DEFINE_TYPE_WITH_CODE (PlayerDb, player_db, G_TYPE_OBJECT, G_IMPLEMENT_INTERFACE (DMAP_TYPE_DB, db_methods))
static void player_db_class_init (PlayerDbClass *class) { (void) class; }
static void player_db_init (PlayerDb *db) { (void) db; }

/* --- the connection */

static gboolean disconnected (DMAPConnection *connection, gboolean result, const char *reason, gpointer data)
{
	(void) connection; (void) result; (void) reason; (void) data;
	g_main_loop_quit (loop);
	return FALSE;
}

static gboolean connected (DMAPConnection *connection, gboolean result, const char *reason, gpointer data)
{
	(void) data;
	if (!result) {
		fprintf (stderr, "not connected: %s\n", reason == NULL ? "no reason" : reason);
		g_main_loop_quit (loop);
		return FALSE;
	}
	for (GSList *each = dmap_connection_get_playlists (connection); each != NULL; each = each->next) {
		DMAPPlaylist *playlist = each->data;
		printf ("playlist\t%s\t%u\n", playlist->name, g_list_length (playlist->uris));
	}
	status = 0;
	dmap_connection_disconnect (connection, disconnected, NULL);
	return FALSE;
}

static void authenticate (DMAPConnection *connection, const char *name, SoupSession *session, SoupMessage *message,
	SoupAuth *auth, gboolean is_retry, gpointer data)
{
	(void) name; (void) is_retry; (void) data;
	password_asks += 1;
	if (password == NULL || password_asks > 1) {
		fprintf (stderr, password == NULL ? "a password is wanted\n" : "the password is refused\n");
		exit (2);
	}
	dmap_connection_authenticate_message (connection, session, message, auth, password);
}

static gboolean too_late (gpointer data)
{
	(void) data;
	fprintf (stderr, "no end after 20 seconds\n");
	exit (3);
}

int main (int argc, char **argv)
{
	if (argc < 3) {
		fprintf (stderr, "Use: daap-player HOST PORT [PASSWORD]\n");
		return 1;
	}
	password = argc > 3 ? argv[3] : NULL;
	loop = g_main_loop_new (NULL, FALSE);

	DMAPConnection *connection = DMAP_CONNECTION (daap_connection_new ("player", argv[1], atoi (argv[2]),
		DMAP_DB (g_object_new (player_db_get_type (), NULL)),
		DMAP_RECORD_FACTORY (g_object_new (player_factory_get_type (), NULL))));
	g_signal_connect (connection, "authenticate", G_CALLBACK (authenticate), NULL);
	g_timeout_add_seconds (20, too_late, NULL);
	dmap_connection_connect (connection, connected, NULL);
	g_main_loop_run (loop);
	return status;
}
