// The part of NSURLSession and of libdispatch that samples use, over NSURLConnection: the distribution's GNUstep is built
// without them. Samples include this in front of their own text, which stays as it is.
#import <Foundation/Foundation.h>

// As Apple's headers have them: the macros of GCC's runtime do not work in literals such as @YES.
#undef YES
#undef NO
#define YES __objc_yes
#define NO __objc_no

typedef void (^SessionHandler)(NSData *data, NSURLResponse *response, NSError *error);

@interface NSURLSessionDataTask : NSObject
{
  NSURLRequest *_request;
  SessionHandler _handler;
}
- (id) initWithRequest: (NSURLRequest *)request handler: (SessionHandler)handler;
- (void) resume;
@end

@interface NSURLSession : NSObject
+ (NSURLSession *) sharedSession;
- (NSURLSessionDataTask *) dataTaskWithRequest: (NSURLRequest *)request completionHandler: (SessionHandler)handler;
@end

typedef int *dispatch_semaphore_t;
#define DISPATCH_TIME_FOREVER (~0ull)
dispatch_semaphore_t dispatch_semaphore_create(long value);
long dispatch_semaphore_signal(dispatch_semaphore_t semaphore);
long dispatch_semaphore_wait(dispatch_semaphore_t semaphore, unsigned long long timeout);
